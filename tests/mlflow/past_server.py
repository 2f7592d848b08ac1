"""Log a large file with the genuine client and fetch it; print which ways it went.

usage: past_server.py FOLDER
"""

import hashlib
import json
import os
import sys

import mlflow
import requests

folder = sys.argv[1]
body = hashlib.sha256(b"seed").digest() * (1 << 19)  # 16 MiB
path = os.path.join(folder, "big.bin")  # noqa: PTH118 - as scripts have it
with open(path, "wb") as file:  # noqa: PTH123
    file.write(body)

asked = []
plain_request = requests.Session.request


def watched(self, method, url, **options):
    asked.append(f"{method.upper()} {url.partition('?')[0]}")
    return plain_request(self, method, url, **options)


requests.Session.request = watched
with mlflow.start_run() as run:
    mlflow.log_artifact(path, "models")
    mlflow.log_text("small", "notes/a.txt")
root = f"runs:/{run.info.run_id}"
got = mlflow.artifacts.download_artifacts(f"{root}/models/big.bin", dst_path=f"{folder}/got")
with open(got, "rb") as file:  # noqa: PTH123
    is_same = file.read() == body
print(
    json.dumps(
        {
            "is_same": is_same,
            "text": mlflow.artifacts.load_text(f"{root}/notes/a.txt"),
            "listed": [
                file.path for file in mlflow.artifacts.list_artifacts(run_id=run.info.run_id)
            ],
            "asked": asked,
        }
    )
)
