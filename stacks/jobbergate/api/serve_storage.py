"""Serves S3 from memory, with the bucket of the API already in it."""

import os
import signal
import threading

import boto3
from moto.server import ThreadedMotoServer

ended = threading.Event()
for number in (signal.SIGTERM, signal.SIGINT):
    signal.signal(number, lambda *_: ended.set())

port = int(os.environ.get("STORAGE_PORT", "5000"))
server = ThreadedMotoServer(ip_address="0.0.0.0", port=port, verbose=False)
server.start()
boto3.client("s3", endpoint_url=f"http://127.0.0.1:{port}").create_bucket(Bucket=os.environ["S3_BUCKET_NAME"])
print(f"bucket {os.environ['S3_BUCKET_NAME']} is ready", flush=True)
ended.wait()
server.stop()
