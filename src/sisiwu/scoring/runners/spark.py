"""Spark: views over rows of the driver, for schemes that one machine cannot hold."""

from __future__ import annotations

import os
import sys

from pyspark.sql import SparkSession
from pyspark.sql.types import LongType, StructField, StructType

from sisiwu.scoring.relations import COLUMNS, Source
from sisiwu.scoring.runners.interface import Answer, Closing


class SparkRunner(Closing):
    dialect = "spark"

    def __init__(self, master: str) -> None:
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)  # workers must run the same Python
        self._session = (
            SparkSession.builder.master(master or "local[2]")
            .appName("sisiwu")
            .config("spark.sql.ansi.enabled", "true")
            .config("spark.sql.shuffle.partitions", "2")
            .config("spark.ui.enabled", "false")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.driver.host", "127.0.0.1")
            .getOrCreate()
        )

    def load(self, relations: Source) -> None:
        for table, columns in COLUMNS.items():
            schema = StructType([StructField(name, LongType()) for name in columns])
            self._session.createDataFrame(
                [row for rows in relations.batches(table) for row in rows], schema
            ).createOrReplaceTempView(table)

    def run(self, statement: str, subject: int | None = None) -> Answer:
        frame = self._session.sql(statement, {} if subject is None else {"subject": subject})
        return Answer(tuple(frame.columns), [tuple(row) for row in frame.collect()])

    def close(self) -> None:
        self._session.stop()


def open_(address: str) -> SparkRunner:
    return SparkRunner(address)
