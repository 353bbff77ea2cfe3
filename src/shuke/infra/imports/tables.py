"""What was uploaded, and how far each import has come."""

import sqlalchemy as sa

from shuke.infra.schema import json_column, tenant_key, tenant_table, timestamp

uploads = tenant_table(
    "uploads",
    sa.Column("upload_id", sa.Uuid, primary_key=True),
    sa.Column("file_name", sa.Text, nullable=False),
    sa.Column("content_hash", sa.LargeBinary, nullable=False),
    sa.Column("path", sa.Text, nullable=False, comment="below the data folder; sealed with the master key"),
    sa.Column("size_bytes", sa.BigInteger, nullable=False),
    sa.Column("created_at", timestamp(), nullable=False),
)

imports = tenant_table(
    "imports",
    sa.Column("import_id", sa.Uuid, primary_key=True),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("file_name", sa.Text, nullable=False),
    sa.Column("fingerprint", sa.LargeBinary, nullable=False, comment="of the content, the kind and the mapping"),
    sa.Column("upload_id", sa.Uuid, nullable=True),
    json_column("mapping", "{}"),
    sa.Column("dry_run", sa.Boolean, nullable=False),
    sa.Column("status", sa.Text, nullable=False),
    sa.Column("rows_total", sa.BigInteger, nullable=True),
    sa.Column(
        "rows_done",
        sa.BigInteger,
        nullable=False,
        server_default="0",
        comment="loaded or rejected so far",
    ),
    sa.Column("created", sa.BigInteger, nullable=False, server_default="0"),
    sa.Column("updated", sa.BigInteger, nullable=False, server_default="0"),
    sa.Column("unchanged", sa.BigInteger, nullable=False, server_default="0"),
    sa.Column("rejected", sa.BigInteger, nullable=False, server_default="0"),
    json_column("notes", "{}"),
    sa.Column("error", sa.Text, nullable=True),
    sa.Column("actor_id", sa.Uuid, nullable=False),
    sa.Column("actor_name", sa.Text, nullable=False),
    sa.Column("started_at", timestamp(), nullable=False),
    sa.Column("finished_at", timestamp(), nullable=True),
    sa.Index(None, "merchant_id", "started_at", "import_id"),
    tenant_key("upload_id", "uploads"),
)

import_chunks = tenant_table(
    "import_chunks",
    sa.Column("import_id", sa.Uuid, primary_key=True),
    sa.Column("chunk_no", sa.Integer, primary_key=True),
    tenant_key("import_id", "imports"),
    append_only=True,
)
"""The checkpoint: a row says that a chunk of the file is in, and can be written only once."""

import_rejects = tenant_table(
    "import_rejects",
    sa.Column("import_id", sa.Uuid, primary_key=True),
    sa.Column("row_no", sa.BigInteger, primary_key=True, comment="1 is the first row after the header"),
    sa.Column(
        "row_cipher",
        sa.LargeBinary,
        nullable=False,
        comment="{row, zh, en}: the row as it stood, and why it was refused, which may quote it; may be personal",
    ),
    tenant_key("import_id", "imports"),
)
