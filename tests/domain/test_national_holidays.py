from datetime import date

import holidays

from schoolapp.domain.national_holidays import national_holidays

SUNDAY = 6


def test_the_national_holidays_are_those_that_a_library_of_all_countries_knows() -> None:
    """The library stays here: at work it would hold 17 MiB of all countries for a dozen days of one."""
    for year in range(2012, 2051):
        known = holidays.country_holidays("IT", years=year)
        weekdays = {day for day in national_holidays(year) if day.weekday() != SUNDAY}
        assert weekdays == {day for day in known if day.weekday() != SUNDAY}, year


def test_saint_francis_is_a_holiday_again_from_2026() -> None:
    assert date(2025, 10, 4) not in national_holidays(2025)
    assert date(2026, 10, 4) in national_holidays(2026)
