from schoolapp.domain.levels import Level, lowest


def test_levels_rise_in_the_order_of_the_framework() -> None:
    assert [level for level in Level if level.reaches(Level.A2)] == [Level.A2, Level.B1, Level.B2, Level.C1]


def test_pre_a1_does_not_reach_a1_although_its_name_sorts_after() -> None:
    assert not Level.PRE_A1.reaches(Level.A1)


def test_the_lowest_level_of_a_profile_ignores_what_was_not_assessed() -> None:
    assert lowest(Level.B1, None, Level.PRE_A1, Level.A2) is Level.PRE_A1
    assert lowest(None, None) is None
    assert lowest() is None
