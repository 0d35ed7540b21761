"""Emblems of a project, for the band on its documents

Small, tested up and down with rows in the tables, and safe while the previous version of the program runs.
"""

import sqlalchemy as sa
from alembic import op

revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('project_emblem',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('project_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=80), nullable=False),
    sa.Column('png', sa.LargeBinary(), nullable=False),
    sa.Column('width', sa.Integer(), nullable=False),
    sa.Column('height', sa.Integer(), nullable=False),
    sa.CheckConstraint('position BETWEEN 1 AND 5', name=op.f('ck_project_emblem_position')),
    sa.CheckConstraint('width > 0 AND height > 0', name=op.f('ck_project_emblem_size')),
    sa.ForeignKeyConstraint(['project_id'], ['project.id'], name=op.f('fk_project_emblem_project_id_project')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_project_emblem')),
    sa.UniqueConstraint('project_id', 'position', name=op.f('uq_project_emblem_project_id_position'))
    )


def downgrade() -> None:
    op.drop_table('project_emblem')
