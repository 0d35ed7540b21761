"""Levels of Italian, issued documents, words of the term reports

Small, tested up and down with rows in the tables, and safe while the previous version of the program runs.
"""

import sqlalchemy as sa
from alembic import op

revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('assessment',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('institute_id', sa.Integer(), nullable=False),
    sa.Column('pupil_id', sa.Integer(), nullable=False),
    sa.Column('school_year_id', sa.Integer(), nullable=False),
    sa.Column('workshop_id', sa.Integer(), nullable=True),
    sa.Column('moment', sa.Enum('entry', 'intermediate', 'final', name='moment', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('scale_version', sa.Integer(), nullable=False),
    sa.Column('literacy', sa.Enum('alfa', 'other_alphabet', 'latin', name='literacy', native_enum=False, create_constraint=True, length=32), nullable=True),
    sa.Column('overall_level', sa.Enum('pre_a1', 'a1', 'a2', 'b1', 'b2', 'c1', name='overall_level', native_enum=False, create_constraint=True, length=32), nullable=True),
    sa.Column('overall_why', sa.String(length=200), nullable=False),
    sa.Column('note', sa.String(length=500), nullable=False),
    sa.Column('state', sa.Enum('draft', 'complete', 'shared', name='state', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('assessor_id', sa.Integer(), nullable=False),
    sa.Column('completed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('shared_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('shared_by_id', sa.Integer(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("(completed_at IS NULL) = (state = 'draft')", name=op.f('ck_assessment_completed')),
    sa.CheckConstraint("(shared_at IS NULL) = (state <> 'shared')", name=op.f('ck_assessment_shared')),
    sa.ForeignKeyConstraint(['assessor_id'], ['user_account.id'], name=op.f('fk_assessment_assessor_id_user_account')),
    sa.ForeignKeyConstraint(['institute_id'], ['institute.id'], name=op.f('fk_assessment_institute_id_institute')),
    sa.ForeignKeyConstraint(['pupil_id'], ['pupil.id'], name=op.f('fk_assessment_pupil_id_pupil')),
    sa.ForeignKeyConstraint(['school_year_id'], ['school_year.id'], name=op.f('fk_assessment_school_year_id_school_year')),
    sa.ForeignKeyConstraint(['shared_by_id'], ['user_account.id'], name=op.f('fk_assessment_shared_by_id_user_account')),
    sa.ForeignKeyConstraint(['workshop_id'], ['workshop.id'], name=op.f('fk_assessment_workshop_id_workshop')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_assessment')),
    sa.UniqueConstraint('pupil_id', 'school_year_id', 'moment', name=op.f('uq_assessment_pupil_id_school_year_id_moment'))
    )
    with op.batch_alter_table('assessment', schema=None) as batch_op:
        batch_op.create_index('ix_assessment_institute', ['institute_id', 'school_year_id', 'moment'], unique=False)
        batch_op.create_index(batch_op.f('ix_assessment_workshop_id'), ['workshop_id'], unique=False)

    op.create_table('issued_document',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('institute_id', sa.Integer(), nullable=False),
    sa.Column('school_year_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('certificate', name='kind', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('workshop_id', sa.Integer(), nullable=False),
    sa.Column('pupil_id', sa.Integer(), nullable=False),
    sa.Column('protocol_number', sa.String(length=40), nullable=True),
    sa.Column('protocol_day', sa.Date(), nullable=True),
    sa.Column('code', sa.String(length=32), nullable=False),
    sa.Column('contents', sa.JSON(), nullable=False),
    sa.Column('issued_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('issued_by_id', sa.Integer(), nullable=False),
    sa.Column('revoked_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('revoked_by_id', sa.Integer(), nullable=True),
    sa.Column('revoked_why', sa.String(length=200), nullable=False),
    sa.Column('replaces_id', sa.Integer(), nullable=True),
    sa.CheckConstraint("revoked_at IS NULL OR revoked_why <> ''", name=op.f('ck_issued_document_revoked_why')),
    sa.CheckConstraint('(revoked_at IS NULL) = (revoked_by_id IS NULL)', name=op.f('ck_issued_document_revoked')),
    sa.CheckConstraint('number > 0', name=op.f('ck_issued_document_number')),
    sa.CheckConstraint('protocol_day IS NULL OR protocol_number IS NOT NULL', name=op.f('ck_issued_document_protocol')),
    sa.ForeignKeyConstraint(['institute_id'], ['institute.id'], name=op.f('fk_issued_document_institute_id_institute')),
    sa.ForeignKeyConstraint(['issued_by_id'], ['user_account.id'], name=op.f('fk_issued_document_issued_by_id_user_account')),
    sa.ForeignKeyConstraint(['pupil_id'], ['pupil.id'], name=op.f('fk_issued_document_pupil_id_pupil')),
    sa.ForeignKeyConstraint(['replaces_id'], ['issued_document.id'], name=op.f('fk_issued_document_replaces_id_issued_document')),
    sa.ForeignKeyConstraint(['revoked_by_id'], ['user_account.id'], name=op.f('fk_issued_document_revoked_by_id_user_account')),
    sa.ForeignKeyConstraint(['school_year_id'], ['school_year.id'], name=op.f('fk_issued_document_school_year_id_school_year')),
    sa.ForeignKeyConstraint(['workshop_id'], ['workshop.id'], name=op.f('fk_issued_document_workshop_id_workshop')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_issued_document')),
    sa.UniqueConstraint('code', name=op.f('uq_issued_document_code')),
    sa.UniqueConstraint('institute_id', 'school_year_id', 'kind', 'number', name=op.f('uq_issued_document_institute_id_school_year_id_kind_number')),
    sa.UniqueConstraint('replaces_id', name=op.f('uq_issued_document_replaces_id'))
    )
    with op.batch_alter_table('issued_document', schema=None) as batch_op:
        batch_op.create_index('ix_issued_document_pupil', ['pupil_id'], unique=False)
        batch_op.create_index('ix_issued_document_workshop', ['workshop_id', 'pupil_id'], unique=False)

    op.create_table('pupil_report',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('workshop_id', sa.Integer(), nullable=False),
    sa.Column('pupil_id', sa.Integer(), nullable=False),
    sa.Column('term_id', sa.Integer(), nullable=False),
    sa.Column('words', sa.String(length=800), nullable=False),
    sa.Column('proposals', sa.String(length=800), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['pupil_id'], ['pupil.id'], name=op.f('fk_pupil_report_pupil_id_pupil')),
    sa.ForeignKeyConstraint(['term_id'], ['term.id'], name=op.f('fk_pupil_report_term_id_term')),
    sa.ForeignKeyConstraint(['workshop_id'], ['workshop.id'], name=op.f('fk_pupil_report_workshop_id_workshop')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_pupil_report')),
    sa.UniqueConstraint('workshop_id', 'pupil_id', 'term_id', name=op.f('uq_pupil_report_workshop_id_pupil_id_term_id'))
    )
    with op.batch_alter_table('pupil_report', schema=None) as batch_op:
        batch_op.create_index('ix_pupil_report_pupil', ['pupil_id', 'term_id'], unique=False)

    op.create_table('workshop_report',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('workshop_id', sa.Integer(), nullable=False),
    sa.Column('term_id', sa.Integer(), nullable=False),
    sa.Column('topics', sa.Text(), nullable=False),
    sa.Column('progress', sa.Text(), nullable=False),
    sa.Column('difficulties', sa.Text(), nullable=False),
    sa.Column('proposals', sa.Text(), nullable=False),
    sa.Column('signed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('signed_by_id', sa.Integer(), nullable=True),
    sa.Column('countersigned_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('countersigned_by_id', sa.Integer(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('(countersigned_at IS NULL) = (countersigned_by_id IS NULL)', name=op.f('ck_workshop_report_countersigned')),
    sa.CheckConstraint('(signed_at IS NULL) = (signed_by_id IS NULL)', name=op.f('ck_workshop_report_signed')),
    sa.CheckConstraint('countersigned_at IS NULL OR signed_at IS NOT NULL', name=op.f('ck_workshop_report_countersigned_after_signed')),
    sa.ForeignKeyConstraint(['countersigned_by_id'], ['user_account.id'], name=op.f('fk_workshop_report_countersigned_by_id_user_account')),
    sa.ForeignKeyConstraint(['signed_by_id'], ['user_account.id'], name=op.f('fk_workshop_report_signed_by_id_user_account')),
    sa.ForeignKeyConstraint(['term_id'], ['term.id'], name=op.f('fk_workshop_report_term_id_term')),
    sa.ForeignKeyConstraint(['workshop_id'], ['workshop.id'], name=op.f('fk_workshop_report_workshop_id_workshop')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_workshop_report')),
    sa.UniqueConstraint('workshop_id', 'term_id', name=op.f('uq_workshop_report_workshop_id_term_id'))
    )
    with op.batch_alter_table('workshop_report', schema=None) as batch_op:
        batch_op.create_index('ix_workshop_report_term', ['term_id', 'workshop_id'], unique=False)

    op.create_table('assessed_descriptor',
    sa.Column('assessment_id', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(length=40), nullable=False),
    sa.ForeignKeyConstraint(['assessment_id'], ['assessment.id'], name=op.f('fk_assessed_descriptor_assessment_id_assessment')),
    sa.PrimaryKeyConstraint('assessment_id', 'code', name=op.f('pk_assessed_descriptor'))
    )
    op.create_table('assessed_level',
    sa.Column('assessment_id', sa.Integer(), nullable=False),
    sa.Column('skill', sa.Enum('listening', 'reading', 'spoken_interaction', 'spoken_production', 'writing', 'study', name='skill', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('level', sa.Enum('pre_a1', 'a1', 'a2', 'b1', 'b2', 'c1', name='level', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.ForeignKeyConstraint(['assessment_id'], ['assessment.id'], name=op.f('fk_assessed_level_assessment_id_assessment')),
    sa.PrimaryKeyConstraint('assessment_id', 'skill', name=op.f('pk_assessed_level'))
    )
    op.add_column('institute', sa.Column('address', sa.String(length=160), nullable=True))
    op.add_column('institute', sa.Column('printed_signature', sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column('pupil', sa.Column('birth_place', sa.String(length=80), nullable=True))
    # In one statement with its check: SQLite would otherwise copy the table, which other tables refer to.
    op.execute(
        'ALTER TABLE school_class ADD COLUMN pupils_enrolled INTEGER '
        'CONSTRAINT ck_school_class_pupils_enrolled CHECK (pupils_enrolled BETWEEN 1 AND 60)'
    )


def downgrade() -> None:
    for table, column in (
        ('school_class', 'pupils_enrolled'),
        ('pupil', 'birth_place'),
        ('institute', 'printed_signature'),
        ('institute', 'address'),
    ):
        op.execute(f'ALTER TABLE {table} DROP COLUMN {column}')
    op.drop_table('assessed_level')
    op.drop_table('assessed_descriptor')
    with op.batch_alter_table('workshop_report', schema=None) as batch_op:
        batch_op.drop_index('ix_workshop_report_term')

    op.drop_table('workshop_report')
    with op.batch_alter_table('pupil_report', schema=None) as batch_op:
        batch_op.drop_index('ix_pupil_report_pupil')

    op.drop_table('pupil_report')
    with op.batch_alter_table('issued_document', schema=None) as batch_op:
        batch_op.drop_index('ix_issued_document_workshop')
        batch_op.drop_index('ix_issued_document_pupil')

    op.drop_table('issued_document')
    with op.batch_alter_table('assessment', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_assessment_workshop_id'))
        batch_op.drop_index('ix_assessment_institute')

    op.drop_table('assessment')
