"""Settings from the environment (`SHUKE_…`) and from the data folder."""

from functools import lru_cache
from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

from shuke.infra.telemetry import LogLevel


class Settings(BaseSettings):
    """Everything that differs between installations.

    With `database_url` empty, an embedded PostgreSQL in `data_dir` is used. `owner_database_url` is the role
    that owns and migrates the tables; without it `database_url` must be allowed to do both, and serving
    connections step down to the role `shuke_app`.
    """

    model_config = SettingsConfigDict(env_prefix="SHUKE_", extra="ignore")

    data_dir: Path = Path("data")
    lake_dir: Path | None = Field(default=None, description="the lake of facts; in the data folder when empty")
    database_url: str = ""
    owner_database_url: str = ""
    master_key: str = Field(default="", description="32 bytes, base64url; from the data folder when empty")
    host: str = "127.0.0.1"
    port: int = 8000
    processes: int = Field(default=1, ge=1, le=64)
    pool_size: int = Field(default=10, ge=1, le=200)
    log_level: LogLevel = Field(default="warning", description="info shows every request")
    metrics: bool = Field(default=False, description="serve /metrics; keep it from the public in your proxy")
    public_url: str = Field(default="", description="https address under which the world reaches this installation")
    wechat_pay_url: str = Field(default="https://api.mch.weixin.qq.com", description="WeChat Pay's API")
    alipay_url: str = Field(default="https://openapi.alipay.com/gateway.do", description="Alipay's gateway")
    secure_cookies: bool = Field(default=False, description="set it when served over https")

    spark_master: str = Field(default="", description="spark://…, to ask about crowds; empty: the native copy answers")

    @property
    def lake(self) -> Path:
        return self.lake_dir or self.data_dir / "lake"


@lru_cache(maxsize=1)
def spark_master() -> str:
    """The Spark cluster of this process's environment; empty: there is none."""
    return Settings().spark_master
