"""Everything put together: settings → database → application."""

from dataclasses import dataclass

from shuke.infra import embedded, migrate
from shuke.infra.config import Settings
from shuke.infra.crypto import Cipher
from shuke.infra.database import Database
from shuke.infra.embedded import EmbeddedDatabase
from shuke.kernel.clock import Clock, SystemClock


@dataclass(frozen=True)
class Installation:
    """A running Shuke without its servers: settings, database, and the embedded server if there is one."""

    settings: Settings
    database: Database
    owner_url: str
    master_key: str
    embedded: EmbeddedDatabase | None

    def migrate(self) -> None:
        migrate.upgrade(self.owner_url)

    def close(self) -> None:
        self.database.close()
        if self.embedded is not None:
            self.embedded.stop()


def install(settings: Settings, clock: Clock | None = None) -> Installation:
    """Open the installation that `settings` describe. Raises EmbeddedUnavailable, DataFolderUnusable."""
    server = None if settings.database_url else embedded.start(settings.data_dir)
    app_url = server.app_url if server else settings.database_url
    owner_url = server.owner_url if server else settings.owner_database_url or settings.database_url
    master_key = settings.master_key or embedded.load_secrets(settings.data_dir).master_key
    database = Database(app_url, cipher=Cipher(master_key), clock=clock or SystemClock(), pool_size=settings.pool_size)
    return Installation(settings, database, owner_url, master_key, server)
