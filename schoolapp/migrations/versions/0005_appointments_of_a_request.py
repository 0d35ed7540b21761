"""The appointments of a request are found by an index: lists and pages of requests ask for them all day

Small, tested up and down with rows in the tables, and safe while the previous version of the program runs.
"""

from alembic import op

revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index('ix_appointment_request', 'appointment', ['request_id', 'id'])


def downgrade() -> None:
    op.drop_index('ix_appointment_request', 'appointment')
