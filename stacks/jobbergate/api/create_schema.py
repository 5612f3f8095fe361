"""Creates the API's database, its tables and the views of its metrics endpoints.

Connects with the API's own settings, waits for the server, and must find the database absent.
"""

import asyncio

import asyncpg
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from jobbergate_api.apps.clusters import models as _clusters  # noqa: F401  (registers its tables)
from jobbergate_api.apps.job_script_templates import models as _templates  # noqa: F401
from jobbergate_api.apps.job_scripts import models as _scripts  # noqa: F401
from jobbergate_api.apps.job_submissions import models as _submissions  # noqa: F401
from jobbergate_api.apps.models import Base
from jobbergate_api.config import settings
from jobbergate_api.storage import build_db_url

# Upstream makes these as TimescaleDB continuous aggregates; a plain view gives the same rows, always fresh.
BUCKETS = {
    "10_seconds": "10 seconds",
    "1_minute": "1 minute",
    "10_minutes": "10 minutes",
    "1_hour": "1 hour",
    "1_week": "1 week",
}
SUMMED = ("cpu_time", "page_faults", "disk_read", "disk_write")
AVERAGED = ("cpu_frequency", "cpu_utilization", "gpu_memory", "gpu_utilization", "memory_rss", "memory_virtual")
# A Monday: where TimescaleDB starts counting weeks.
ORIGIN = "2000-01-03 00:00:00+00"


def view(name: str, width: str) -> str:
    """Gives the statement that creates one view."""
    columns = [f"SUM({column}) AS {column}" for column in SUMMED]
    columns += [f"AVG({column}) AS {column}" for column in AVERAGED]
    bucket = f"date_bin(INTERVAL '{width}', time, TIMESTAMPTZ '{ORIGIN}')"
    return (
        f"CREATE VIEW {name} AS SELECT job_submission_id, node_host, {bucket} AS bucket, {', '.join(columns)} "
        "FROM job_submission_metrics GROUP BY job_submission_id, node_host, bucket"
    )


async def create_database() -> None:
    """Creates the empty database, as soon as the server accepts connections (10 s at most)."""
    for attempt in range(100):
        try:
            connection = await asyncpg.connect(
                host=settings.DATABASE_HOST,
                port=settings.DATABASE_PORT,
                user=settings.DATABASE_USER,
                password=settings.DATABASE_PSWD,
                database="postgres",
            )
            break
        except (OSError, asyncpg.CannotConnectNowError):
            if attempt == 99:
                raise
            await asyncio.sleep(0.1)
    await connection.execute(f'CREATE DATABASE "{settings.DATABASE_NAME}"')
    await connection.close()


async def main() -> None:
    """Creates everything."""
    await create_database()
    engine = create_async_engine(build_db_url())
    async with engine.begin() as connection:
        await connection.run_sync(Base.metadata.create_all)
        for name, width in BUCKETS.items():
            for nodes in ("by_node", "all_nodes"):
                await connection.execute(text(view(f"metrics_nodes_mv_{name}_{nodes}", width)))
    await engine.dispose()


asyncio.run(main())
