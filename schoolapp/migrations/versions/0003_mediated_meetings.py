"""Mediated meetings: requests, appointments, hour budgets, mediators, messages

Small, tested up and down with rows in the tables, and safe while the previous version of the program runs.
"""

import sqlalchemy as sa
from alembic import op

revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('checked_sentence',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('language', sa.String(length=12), nullable=False),
    sa.Column('sentence', sa.String(length=40), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('checked_by_id', sa.Integer(), nullable=False),
    sa.Column('checked_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['checked_by_id'], ['user_account.id'], name=op.f('fk_checked_sentence_checked_by_id_user_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_checked_sentence')),
    sa.UniqueConstraint('language', 'sentence', 'version', name=op.f('uq_checked_sentence_language_sentence_version'))
    )
    op.create_table('mediator_profile',
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('gender', sa.String(length=1), nullable=True),
    sa.Column('comune_id', sa.Integer(), nullable=True),
    sa.Column('engagement', sa.String(length=60), nullable=False),
    sa.CheckConstraint("gender IN ('F', 'M')", name=op.f('ck_mediator_profile_gender')),
    sa.ForeignKeyConstraint(['comune_id'], ['comune.id'], name=op.f('fk_mediator_profile_comune_id_comune')),
    sa.ForeignKeyConstraint(['user_id'], ['user_account.id'], name=op.f('fk_mediator_profile_user_id_user_account')),
    sa.PrimaryKeyConstraint('user_id', name=op.f('pk_mediator_profile'))
    )
    with op.batch_alter_table('mediator_profile', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_mediator_profile_comune_id'), ['comune_id'], unique=False)

    op.create_table('service',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ambito_id', sa.Integer(), nullable=False),
    sa.Column('comune_id', sa.Integer(), nullable=True),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('context', sa.Enum('school', 'social', 'desk', 'health', name='context', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('place', sa.String(length=120), nullable=False),
    sa.Column('valid_from', sa.Date(), nullable=True),
    sa.Column('valid_to', sa.Date(), nullable=True),
    sa.CheckConstraint("context <> 'school'", name=op.f('ck_service_not_a_school')),
    sa.CheckConstraint('valid_to IS NULL OR valid_to >= valid_from', name=op.f('ck_service_validity')),
    sa.ForeignKeyConstraint(['ambito_id'], ['ambito.id'], name=op.f('fk_service_ambito_id_ambito')),
    sa.ForeignKeyConstraint(['comune_id'], ['comune.id'], name=op.f('fk_service_comune_id_comune')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_service')),
    sa.UniqueConstraint('ambito_id', 'name', name=op.f('uq_service_ambito_id_name'))
    )
    with op.batch_alter_table('service', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_service_comune_id'), ['comune_id'], unique=False)

    op.create_table('availability',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('weekday', sa.Integer(), nullable=False),
    sa.Column('start', sa.Time(), nullable=False),
    sa.Column('end', sa.Time(), nullable=False),
    sa.Column('valid_from', sa.Date(), nullable=False),
    sa.Column('valid_to', sa.Date(), nullable=True),
    sa.CheckConstraint('"end" > start', name=op.f('ck_availability_times')),
    sa.CheckConstraint('valid_to IS NULL OR valid_to >= valid_from', name=op.f('ck_availability_validity')),
    sa.CheckConstraint('weekday BETWEEN 0 AND 6', name=op.f('ck_availability_weekday')),
    sa.ForeignKeyConstraint(['user_id'], ['mediator_profile.user_id'], name=op.f('fk_availability_user_id_mediator_profile')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_availability'))
    )
    with op.batch_alter_table('availability', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_availability_user_id'), ['user_id'], unique=False)

    op.create_table('hour_budget',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ambito_id', sa.Integer(), nullable=False),
    sa.Column('institute_id', sa.Integer(), nullable=True),
    sa.Column('service_id', sa.Integer(), nullable=True),
    sa.Column('funding_line_id', sa.Integer(), nullable=False),
    sa.Column('school_year_id', sa.Integer(), nullable=False),
    sa.Column('granted_minutes', sa.Integer(), nullable=False),
    sa.Column('committed_minutes', sa.Integer(), nullable=False),
    sa.Column('used_minutes', sa.Integer(), nullable=False),
    sa.Column('needs_grant', sa.Boolean(), nullable=False),
    sa.CheckConstraint('(institute_id IS NULL) <> (service_id IS NULL)', name=op.f('ck_hour_budget_one_owner')),
    sa.CheckConstraint('committed_minutes + used_minutes <= granted_minutes', name=op.f('ck_hour_budget_enough')),
    sa.CheckConstraint('committed_minutes >= 0', name=op.f('ck_hour_budget_committed')),
    sa.CheckConstraint('granted_minutes >= 0', name=op.f('ck_hour_budget_granted')),
    sa.CheckConstraint('used_minutes >= 0', name=op.f('ck_hour_budget_used')),
    sa.ForeignKeyConstraint(['ambito_id'], ['ambito.id'], name=op.f('fk_hour_budget_ambito_id_ambito')),
    sa.ForeignKeyConstraint(['funding_line_id'], ['funding_line.id'], name=op.f('fk_hour_budget_funding_line_id_funding_line')),
    sa.ForeignKeyConstraint(['institute_id'], ['institute.id'], name=op.f('fk_hour_budget_institute_id_institute')),
    sa.ForeignKeyConstraint(['school_year_id'], ['school_year.id'], name=op.f('fk_hour_budget_school_year_id_school_year')),
    sa.ForeignKeyConstraint(['service_id'], ['service.id'], name=op.f('fk_hour_budget_service_id_service')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_hour_budget')),
    sa.UniqueConstraint('institute_id', 'funding_line_id', 'school_year_id', name=op.f('uq_hour_budget_institute_id_funding_line_id_school_year_id')),
    sa.UniqueConstraint('service_id', 'funding_line_id', 'school_year_id', name=op.f('uq_hour_budget_service_id_funding_line_id_school_year_id'))
    )
    with op.batch_alter_table('hour_budget', schema=None) as batch_op:
        batch_op.create_index('ix_hour_budget_ambito', ['ambito_id', 'school_year_id'], unique=False)

    op.create_table('mediator_language',
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('language', sa.String(length=12), nullable=False),
    sa.Column('level', sa.Enum('mother_tongue', 'fluent', 'basic', name='level', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.ForeignKeyConstraint(['user_id'], ['mediator_profile.user_id'], name=op.f('fk_mediator_language_user_id_mediator_profile')),
    sa.PrimaryKeyConstraint('user_id', 'language', name=op.f('pk_mediator_language'))
    )
    op.create_table('unavailability',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('first_day', sa.Date(), nullable=False),
    sa.Column('last_day', sa.Date(), nullable=False),
    sa.CheckConstraint('last_day >= first_day', name=op.f('ck_unavailability_days')),
    sa.ForeignKeyConstraint(['user_id'], ['mediator_profile.user_id'], name=op.f('fk_unavailability_user_id_mediator_profile')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_unavailability'))
    )
    with op.batch_alter_table('unavailability', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_unavailability_user_id'), ['user_id'], unique=False)

    op.create_table('budget_change',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('budget_id', sa.Integer(), nullable=False),
    sa.Column('minutes', sa.Integer(), nullable=False),
    sa.Column('reason', sa.String(length=200), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['budget_id'], ['hour_budget.id'], name=op.f('fk_budget_change_budget_id_hour_budget')),
    sa.ForeignKeyConstraint(['by_id'], ['user_account.id'], name=op.f('fk_budget_change_by_id_user_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_budget_change'))
    )
    with op.batch_alter_table('budget_change', schema=None) as batch_op:
        batch_op.create_index('ix_budget_change_budget', ['budget_id', 'at'], unique=False)

    op.create_table('declared_conflict',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('pupil_id', sa.Integer(), nullable=True),
    sa.Column('case_code', sa.String(length=40), nullable=True),
    sa.Column('declared_on', sa.Date(), nullable=False),
    sa.CheckConstraint('(pupil_id IS NULL) <> (case_code IS NULL)', name=op.f('ck_declared_conflict_about_one')),
    sa.ForeignKeyConstraint(['pupil_id'], ['pupil.id'], name=op.f('fk_declared_conflict_pupil_id_pupil')),
    sa.ForeignKeyConstraint(['user_id'], ['mediator_profile.user_id'], name=op.f('fk_declared_conflict_user_id_mediator_profile')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_declared_conflict'))
    )
    with op.batch_alter_table('declared_conflict', schema=None) as batch_op:
        batch_op.create_index('ix_declared_conflict_pupil', ['pupil_id'], unique=False)
        batch_op.create_index('ix_declared_conflict_user', ['user_id'], unique=False)

    op.create_table('meeting_request',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ambito_id', sa.Integer(), nullable=False),
    sa.Column('school_year_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('context', sa.Enum('school', 'social', 'desk', 'health', name='context', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('institute_id', sa.Integer(), nullable=True),
    sa.Column('service_id', sa.Integer(), nullable=True),
    sa.Column('requester_id', sa.Integer(), nullable=False),
    sa.Column('pupil_id', sa.Integer(), nullable=True),
    sa.Column('class_id', sa.Integer(), nullable=True),
    sa.Column('case_code', sa.String(length=40), nullable=True),
    sa.Column('families', sa.Integer(), nullable=True),
    sa.Column('reason', sa.Enum('welcome', 'talk', 'report_card', 'orientation', 'personal_plan', 'class_assembly', 'attendance', 'mother_tongue', 'phone_call', 'translation', 'child_protection', 'fragility', 'job_placement', 'desk', 'vaccination', name='reason', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('language', sa.String(length=12), nullable=False),
    sa.Column('second_language', sa.String(length=12), nullable=True),
    sa.Column('minutes', sa.Integer(), nullable=False),
    sa.Column('mode', sa.Enum('in_place', 'phone', 'video', name='mode', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('place', sa.String(length=120), nullable=False),
    sa.Column('participants', sa.String(length=120), nullable=False),
    sa.Column('same_mediator', sa.Boolean(), nullable=False),
    sa.Column('gender_wanted', sa.String(length=1), nullable=True),
    sa.Column('invited_by', sa.Enum('mediator', 'requester', name='invited_by', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('note', sa.String(length=200), nullable=False),
    sa.Column('state', sa.Enum('draft', 'with_coordinator', 'with_district', 'to_complete', 'rejected', 'with_provider', 'proposed', 'confirmed', 'moved', 'held', 'family_absent', 'cancelled', 'reported', 'validated', name='state', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('provider_id', sa.Integer(), nullable=True),
    sa.Column('budget_id', sa.Integer(), nullable=True),
    sa.Column('committed_minutes', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("(context = 'school' AND institute_id IS NOT NULL AND service_id IS NULL AND case_code IS NULL) OR (context <> 'school' AND institute_id IS NULL AND service_id IS NOT NULL AND pupil_id IS NULL AND class_id IS NULL)", name=op.f('ck_meeting_request_whose')),
    sa.CheckConstraint("gender_wanted IN ('F', 'M')", name=op.f('ck_meeting_request_gender_wanted')),
    sa.CheckConstraint('committed_minutes >= 0', name=op.f('ck_meeting_request_committed')),
    sa.CheckConstraint('families BETWEEN 1 AND 200', name=op.f('ck_meeting_request_families')),
    sa.CheckConstraint('minutes BETWEEN 10 AND 480', name=op.f('ck_meeting_request_minutes')),
    sa.CheckConstraint('number > 0', name=op.f('ck_meeting_request_number')),
    sa.ForeignKeyConstraint(['ambito_id'], ['ambito.id'], name=op.f('fk_meeting_request_ambito_id_ambito')),
    sa.ForeignKeyConstraint(['budget_id'], ['hour_budget.id'], name=op.f('fk_meeting_request_budget_id_hour_budget')),
    sa.ForeignKeyConstraint(['class_id'], ['school_class.id'], name=op.f('fk_meeting_request_class_id_school_class')),
    sa.ForeignKeyConstraint(['institute_id'], ['institute.id'], name=op.f('fk_meeting_request_institute_id_institute')),
    sa.ForeignKeyConstraint(['provider_id'], ['provider.id'], name=op.f('fk_meeting_request_provider_id_provider')),
    sa.ForeignKeyConstraint(['pupil_id'], ['pupil.id'], name=op.f('fk_meeting_request_pupil_id_pupil')),
    sa.ForeignKeyConstraint(['requester_id'], ['user_account.id'], name=op.f('fk_meeting_request_requester_id_user_account')),
    sa.ForeignKeyConstraint(['school_year_id'], ['school_year.id'], name=op.f('fk_meeting_request_school_year_id_school_year')),
    sa.ForeignKeyConstraint(['service_id'], ['service.id'], name=op.f('fk_meeting_request_service_id_service')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_meeting_request')),
    sa.UniqueConstraint('ambito_id', 'school_year_id', 'number', name=op.f('uq_meeting_request_ambito_id_school_year_id_number'))
    )
    with op.batch_alter_table('meeting_request', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_meeting_request_budget_id'), ['budget_id'], unique=False)
        batch_op.create_index('ix_meeting_request_institute', ['institute_id', 'state'], unique=False)
        batch_op.create_index('ix_meeting_request_provider', ['provider_id', 'state'], unique=False)
        batch_op.create_index('ix_meeting_request_pupil', ['pupil_id'], unique=False)
        batch_op.create_index('ix_meeting_request_requester', ['requester_id', 'state'], unique=False)
        batch_op.create_index('ix_meeting_request_service', ['service_id', 'state'], unique=False)

    op.create_table('appointment',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('request_id', sa.Integer(), nullable=False),
    sa.Column('mediator_id', sa.Integer(), nullable=False),
    sa.Column('starts_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ends_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('state', sa.Enum('proposed', 'confirmed', 'declined', 'cancelled', name='state', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('answer_by', sa.Date(), nullable=True),
    sa.Column('uid', sa.String(length=60), nullable=False),
    sa.Column('sequence', sa.Integer(), nullable=False),
    sa.CheckConstraint('ends_at > starts_at', name=op.f('ck_appointment_times')),
    sa.ForeignKeyConstraint(['mediator_id'], ['user_account.id'], name=op.f('fk_appointment_mediator_id_user_account')),
    sa.ForeignKeyConstraint(['request_id'], ['meeting_request.id'], name=op.f('fk_appointment_request_id_meeting_request')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_appointment')),
    sa.UniqueConstraint('uid', name=op.f('uq_appointment_uid'))
    )
    with op.batch_alter_table('appointment', schema=None) as batch_op:
        batch_op.create_index('ix_appointment_mediator', ['mediator_id', 'starts_at'], unique=False)
        batch_op.create_index('uq_appointment_open', ['request_id'], unique=True, sqlite_where=sa.text("state IN ('proposed', 'confirmed')"), postgresql_where=sa.text("state IN ('proposed', 'confirmed')"))

    op.create_table('cultural_note',
    sa.Column('request_id', sa.Integer(), nullable=False),
    sa.Column('author_id', sa.Integer(), nullable=False),
    sa.Column('words', sa.Text(), nullable=False),
    sa.Column('written_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['author_id'], ['user_account.id'], name=op.f('fk_cultural_note_author_id_user_account')),
    sa.ForeignKeyConstraint(['request_id'], ['meeting_request.id'], name=op.f('fk_cultural_note_request_id_meeting_request')),
    sa.PrimaryKeyConstraint('request_id', name=op.f('pk_cultural_note'))
    )
    with op.batch_alter_table('cultural_note', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_cultural_note_written_at'), ['written_at'], unique=False)

    op.create_table('family_letter',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('institute_id', sa.Integer(), nullable=False),
    sa.Column('request_id', sa.Integer(), nullable=True),
    sa.Column('pupil_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=32), nullable=False),
    sa.Column('language', sa.String(length=12), nullable=False),
    sa.Column('bank_version', sa.Integer(), nullable=False),
    sa.Column('contents', sa.JSON(), nullable=False),
    sa.Column('printed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('printed_by_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['institute_id'], ['institute.id'], name=op.f('fk_family_letter_institute_id_institute')),
    sa.ForeignKeyConstraint(['printed_by_id'], ['user_account.id'], name=op.f('fk_family_letter_printed_by_id_user_account')),
    sa.ForeignKeyConstraint(['pupil_id'], ['pupil.id'], name=op.f('fk_family_letter_pupil_id_pupil')),
    sa.ForeignKeyConstraint(['request_id'], ['meeting_request.id'], name=op.f('fk_family_letter_request_id_meeting_request')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_family_letter'))
    )
    with op.batch_alter_table('family_letter', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_family_letter_institute_id'), ['institute_id'], unique=False)
        batch_op.create_index('ix_family_letter_pupil', ['pupil_id'], unique=False)
        batch_op.create_index('ix_family_letter_request', ['request_id', 'id'], unique=False)

    op.create_table('hour_entry',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('mediator_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('meeting', 'family_absent', 'family_call', 'debriefing', 'desk', 'late_cancellation', name='kind', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('request_id', sa.Integer(), nullable=True),
    sa.Column('service_id', sa.Integer(), nullable=True),
    sa.Column('budget_id', sa.Integer(), nullable=False),
    sa.Column('funding_line_id', sa.Integer(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('start', sa.Time(), nullable=False),
    sa.Column('end', sa.Time(), nullable=False),
    sa.Column('minutes', sa.Integer(), nullable=False),
    sa.Column('place', sa.String(length=120), nullable=False),
    sa.Column('validated_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('validated_by_id', sa.Integer(), nullable=True),
    sa.CheckConstraint('"end" > start', name=op.f('ck_hour_entry_times')),
    sa.CheckConstraint('(validated_at IS NULL) = (validated_by_id IS NULL)', name=op.f('ck_hour_entry_validated')),
    sa.CheckConstraint('minutes > 0', name=op.f('ck_hour_entry_minutes')),
    sa.CheckConstraint('request_id IS NOT NULL OR service_id IS NOT NULL', name=op.f('ck_hour_entry_reference')),
    sa.ForeignKeyConstraint(['budget_id'], ['hour_budget.id'], name=op.f('fk_hour_entry_budget_id_hour_budget')),
    sa.ForeignKeyConstraint(['funding_line_id'], ['funding_line.id'], name=op.f('fk_hour_entry_funding_line_id_funding_line')),
    sa.ForeignKeyConstraint(['mediator_id'], ['user_account.id'], name=op.f('fk_hour_entry_mediator_id_user_account')),
    sa.ForeignKeyConstraint(['request_id'], ['meeting_request.id'], name=op.f('fk_hour_entry_request_id_meeting_request')),
    sa.ForeignKeyConstraint(['service_id'], ['service.id'], name=op.f('fk_hour_entry_service_id_service')),
    sa.ForeignKeyConstraint(['validated_by_id'], ['user_account.id'], name=op.f('fk_hour_entry_validated_by_id_user_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_hour_entry'))
    )
    with op.batch_alter_table('hour_entry', schema=None) as batch_op:
        batch_op.create_index('ix_hour_entry_budget', ['budget_id'], unique=False)
        batch_op.create_index('ix_hour_entry_mediator', ['mediator_id', 'day'], unique=False)
        batch_op.create_index(batch_op.f('ix_hour_entry_service_id'), ['service_id'], unique=False)
        batch_op.create_index('uq_hour_entry_request', ['request_id', 'kind'], unique=True, sqlite_where=sa.text('request_id IS NOT NULL'), postgresql_where=sa.text('request_id IS NOT NULL'))

    op.create_table('meeting_event',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('request_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=True),
    sa.Column('party', sa.Enum('requester', 'coordinator', 'district', 'provider', 'mediator', name='party', native_enum=False, create_constraint=True, length=32), nullable=True),
    sa.Column('action', sa.Enum('send', 'approve', 'grant', 'return', 'reject', 'propose', 'accept', 'decline', 'withdraw', 'move', 'reschedule', 'cancel', 'hold', 'miss', 'report', 'dispute', 'validate', name='action', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('to_state', sa.Enum('draft', 'with_coordinator', 'with_district', 'to_complete', 'rejected', 'with_provider', 'proposed', 'confirmed', 'moved', 'held', 'family_absent', 'cancelled', 'reported', 'validated', name='to_state', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('reason', sa.String(length=200), nullable=False),
    sa.ForeignKeyConstraint(['by_id'], ['user_account.id'], name=op.f('fk_meeting_event_by_id_user_account')),
    sa.ForeignKeyConstraint(['request_id'], ['meeting_request.id'], name=op.f('fk_meeting_event_request_id_meeting_request')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_meeting_event'))
    )
    with op.batch_alter_table('meeting_event', schema=None) as batch_op:
        batch_op.create_index('ix_meeting_event_request', ['request_id', 'id'], unique=False)

    op.create_table('meeting_report',
    sa.Column('request_id', sa.Integer(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('start', sa.Time(), nullable=False),
    sa.Column('end', sa.Time(), nullable=False),
    sa.Column('present', sa.String(length=200), nullable=False),
    sa.Column('agreements', sa.Text(), nullable=False),
    sa.Column('another_meeting', sa.Boolean(), nullable=False),
    sa.Column('reported_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('reported_by_id', sa.Integer(), nullable=False),
    sa.Column('confirmed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('confirmed_by_id', sa.Integer(), nullable=True),
    sa.CheckConstraint('"end" > start', name=op.f('ck_meeting_report_times')),
    sa.CheckConstraint('(confirmed_at IS NULL) = (confirmed_by_id IS NULL)', name=op.f('ck_meeting_report_confirmed')),
    sa.ForeignKeyConstraint(['confirmed_by_id'], ['user_account.id'], name=op.f('fk_meeting_report_confirmed_by_id_user_account')),
    sa.ForeignKeyConstraint(['reported_by_id'], ['user_account.id'], name=op.f('fk_meeting_report_reported_by_id_user_account')),
    sa.ForeignKeyConstraint(['request_id'], ['meeting_request.id'], name=op.f('fk_meeting_report_request_id_meeting_request')),
    sa.PrimaryKeyConstraint('request_id', name=op.f('pk_meeting_report'))
    )
    op.create_table('outbox_message',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('to_address', sa.String(length=160), nullable=False),
    sa.Column('locale', sa.String(length=5), nullable=False),
    sa.Column('subject', sa.String(length=160), nullable=False),
    sa.Column('body', sa.Text(), nullable=False),
    sa.Column('calendar', sa.Text(), nullable=True),
    sa.Column('request_id', sa.Integer(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('next_attempt_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.Column('last_error', sa.String(length=200), nullable=False),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('given_up_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['request_id'], ['meeting_request.id'], name=op.f('fk_outbox_message_request_id_meeting_request')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_outbox_message'))
    )
    with op.batch_alter_table('outbox_message', schema=None) as batch_op:
        batch_op.create_index('ix_outbox_message_due', ['next_attempt_at'], unique=False, sqlite_where=sa.text('sent_at IS NULL AND given_up_at IS NULL'), postgresql_where=sa.text('sent_at IS NULL AND given_up_at IS NULL'))
        batch_op.create_index(batch_op.f('ix_outbox_message_request_id'), ['request_id'], unique=False)

    op.create_table('proposed_slot',
    sa.Column('request_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('start', sa.Time(), nullable=False),
    sa.CheckConstraint('position BETWEEN 1 AND 3', name=op.f('ck_proposed_slot_position')),
    sa.ForeignKeyConstraint(['request_id'], ['meeting_request.id'], name=op.f('fk_proposed_slot_request_id_meeting_request')),
    sa.PrimaryKeyConstraint('request_id', 'position', name=op.f('pk_proposed_slot'))
    )
    op.create_table('desk_contacts',
    sa.Column('entry_id', sa.Integer(), nullable=False),
    sa.Column('language', sa.String(length=12), nullable=False),
    sa.Column('contacts', sa.Integer(), nullable=False),
    sa.CheckConstraint('contacts > 0', name=op.f('ck_desk_contacts_contacts')),
    sa.ForeignKeyConstraint(['entry_id'], ['hour_entry.id'], name=op.f('fk_desk_contacts_entry_id_hour_entry')),
    sa.PrimaryKeyConstraint('entry_id', 'language', name=op.f('pk_desk_contacts'))
    )
    op.create_table('personal_link',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('secret_hash', sa.String(length=64), nullable=False),
    sa.Column('purpose', sa.Enum('mediator_answer', 'family_answer', 'calendar_feed', name='purpose', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('request_id', sa.Integer(), nullable=True),
    sa.Column('appointment_id', sa.Integer(), nullable=True),
    sa.Column('user_id', sa.Integer(), nullable=True),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('used_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('answer', sa.String(length=40), nullable=False),
    sa.ForeignKeyConstraint(['appointment_id'], ['appointment.id'], name=op.f('fk_personal_link_appointment_id_appointment')),
    sa.ForeignKeyConstraint(['request_id'], ['meeting_request.id'], name=op.f('fk_personal_link_request_id_meeting_request')),
    sa.ForeignKeyConstraint(['user_id'], ['user_account.id'], name=op.f('fk_personal_link_user_id_user_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_personal_link')),
    sa.UniqueConstraint('secret_hash', name=op.f('uq_personal_link_secret_hash'))
    )
    with op.batch_alter_table('personal_link', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_personal_link_appointment_id'), ['appointment_id'], unique=False)
        batch_op.create_index('ix_personal_link_request', ['request_id', 'purpose'], unique=False)
        batch_op.create_index(batch_op.f('ix_personal_link_user_id'), ['user_id'], unique=False)

    op.add_column('comune', sa.Column('latitude', sa.Double(), nullable=True))
    op.add_column('comune', sa.Column('longitude', sa.Double(), nullable=True))
    # In one statement with its key: SQLite would otherwise copy the table and lose its checks.
    op.execute(
        'ALTER TABLE membership ADD COLUMN service_id INTEGER '
        'CONSTRAINT fk_membership_service_id_service REFERENCES service (id)'
    )
    op.create_index('ix_membership_service_id', 'membership', ['service_id'])
    _refuse_double_booking()


OPEN = "('proposed', 'confirmed')"


def _refuse_double_booking() -> None:
    """No two open appointments of a mediator overlap, whoever writes them and when."""
    if op.get_bind().dialect.name == 'postgresql':
        op.execute('CREATE EXTENSION IF NOT EXISTS btree_gist')
        op.execute(
            'ALTER TABLE appointment ADD CONSTRAINT ex_appointment_mediator EXCLUDE USING gist '
            f"(mediator_id WITH =, tstzrange(starts_at, ends_at) WITH &&) WHERE (state IN {OPEN})"
        )
        return
    for event in ('INSERT', 'UPDATE'):
        op.execute(
            f'CREATE TRIGGER ex_appointment_mediator_{event.lower()} BEFORE {event} ON appointment '
            f'WHEN NEW.state IN {OPEN} AND EXISTS (SELECT 1 FROM appointment other '
            f'WHERE other.mediator_id = NEW.mediator_id AND other.id IS NOT NEW.id AND other.state IN {OPEN} '
            'AND other.starts_at < NEW.ends_at AND NEW.starts_at < other.ends_at) '
            "BEGIN SELECT RAISE(ABORT, 'ex_appointment_mediator'); END"
        )


def downgrade() -> None:
    op.drop_index('ix_membership_service_id', 'membership')
    for table, column in (('membership', 'service_id'), ('comune', 'longitude'), ('comune', 'latitude')):
        op.execute(f'ALTER TABLE {table} DROP COLUMN {column}')
    with op.batch_alter_table('personal_link', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_personal_link_user_id'))
        batch_op.drop_index('ix_personal_link_request')
        batch_op.drop_index(batch_op.f('ix_personal_link_appointment_id'))

    op.drop_table('personal_link')
    op.drop_table('desk_contacts')
    op.drop_table('proposed_slot')
    with op.batch_alter_table('outbox_message', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_outbox_message_request_id'))
        batch_op.drop_index('ix_outbox_message_due', sqlite_where=sa.text('sent_at IS NULL AND given_up_at IS NULL'), postgresql_where=sa.text('sent_at IS NULL AND given_up_at IS NULL'))

    op.drop_table('outbox_message')
    op.drop_table('meeting_report')
    with op.batch_alter_table('meeting_event', schema=None) as batch_op:
        batch_op.drop_index('ix_meeting_event_request')

    op.drop_table('meeting_event')
    with op.batch_alter_table('hour_entry', schema=None) as batch_op:
        batch_op.drop_index('uq_hour_entry_request', sqlite_where=sa.text('request_id IS NOT NULL'), postgresql_where=sa.text('request_id IS NOT NULL'))
        batch_op.drop_index(batch_op.f('ix_hour_entry_service_id'))
        batch_op.drop_index('ix_hour_entry_mediator')
        batch_op.drop_index('ix_hour_entry_budget')

    op.drop_table('hour_entry')
    with op.batch_alter_table('family_letter', schema=None) as batch_op:
        batch_op.drop_index('ix_family_letter_request')
        batch_op.drop_index('ix_family_letter_pupil')
        batch_op.drop_index(batch_op.f('ix_family_letter_institute_id'))

    op.drop_table('family_letter')
    with op.batch_alter_table('cultural_note', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_cultural_note_written_at'))

    op.drop_table('cultural_note')
    with op.batch_alter_table('appointment', schema=None) as batch_op:
        batch_op.drop_index('uq_appointment_open', sqlite_where=sa.text("state IN ('proposed', 'confirmed')"), postgresql_where=sa.text("state IN ('proposed', 'confirmed')"))
        batch_op.drop_index('ix_appointment_mediator')

    op.drop_table('appointment')
    with op.batch_alter_table('meeting_request', schema=None) as batch_op:
        batch_op.drop_index('ix_meeting_request_service')
        batch_op.drop_index('ix_meeting_request_requester')
        batch_op.drop_index('ix_meeting_request_pupil')
        batch_op.drop_index('ix_meeting_request_provider')
        batch_op.drop_index('ix_meeting_request_institute')
        batch_op.drop_index(batch_op.f('ix_meeting_request_budget_id'))

    op.drop_table('meeting_request')
    with op.batch_alter_table('declared_conflict', schema=None) as batch_op:
        batch_op.drop_index('ix_declared_conflict_user')
        batch_op.drop_index('ix_declared_conflict_pupil')

    op.drop_table('declared_conflict')
    with op.batch_alter_table('budget_change', schema=None) as batch_op:
        batch_op.drop_index('ix_budget_change_budget')

    op.drop_table('budget_change')
    with op.batch_alter_table('unavailability', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_unavailability_user_id'))

    op.drop_table('unavailability')
    op.drop_table('mediator_language')
    with op.batch_alter_table('hour_budget', schema=None) as batch_op:
        batch_op.drop_index('ix_hour_budget_ambito')

    op.drop_table('hour_budget')
    with op.batch_alter_table('availability', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_availability_user_id'))

    op.drop_table('availability')
    with op.batch_alter_table('service', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_service_comune_id'))

    op.drop_table('service')
    with op.batch_alter_table('mediator_profile', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_mediator_profile_comune_id'))

    op.drop_table('mediator_profile')
    op.drop_table('checked_sentence')
