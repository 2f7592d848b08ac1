"""What the registry's part of the script does; see `script.py`."""

from pathlib import Path

import mlflow

VERSION = [
    "name",
    "version",
    "current_stage",
    "description",
    "source",
    "run_id",
    "status",
    "status_message",
    "tags",
    "run_link",
    "aliases",
    "creation_timestamp",
    "last_updated_timestamp",
    "user_id",
]


def version_answer(version):
    """A version as one plain answer."""
    if version is None:
        return None
    answer = {name: getattr(version, name, None) for name in VERSION}
    return {
        **answer,
        "version": str(answer["version"]),
        "tags": dict(answer["tags"] or {}),
        "aliases": sorted(answer["aliases"] or ()),
    }


def model_answer(model):
    """A registered model as one plain answer; the order of its stages is nobody's promise."""
    latest = [version_answer(version) for version in model.latest_versions]
    return {
        "name": model.name,
        "description": model.description,
        "tags": dict(model.tags),
        "aliases": {alias: str(version) for alias, version in model.aliases.items()},
        "times": [model.creation_timestamp, model.last_updated_timestamp],
        "latest": sorted(latest, key=lambda version: version["version"]),
    }


def registered_models(tell):
    """Names, descriptions, tags."""
    client, name = tell.client, f"{tell.prefix}taxi"
    tell.do("create", lambda: model_answer(client.create_registered_model(name, {"a": "b"}, "d")))
    tell.do("create again", lambda: client.create_registered_model(name))
    for bad in ("a/b", "a:b", " ", ".", ".."):
        tell.do(f"create {bad!r}", lambda bad=bad: client.create_registered_model(bad))
    tell.do("get", lambda: model_answer(client.get_registered_model(name)))
    tell.do("get unknown", lambda: client.get_registered_model("nobody"))
    tell.do("update", lambda: model_answer(client.update_registered_model(name, "new")))
    tell.do("update to none", lambda: model_answer(client.update_registered_model(name, None)))
    tell.do("update unknown", lambda: client.update_registered_model("nobody", "d"))
    tell.do("set tag", lambda: client.set_registered_model_tag(name, "k", "v"))
    tell.do("set number as tag", lambda: client.set_registered_model_tag(name, "n", 5))
    tell.do("set bad tag", lambda: client.set_registered_model_tag(name, "a//b", "v"))
    tell.do("set tag of unknown", lambda: client.set_registered_model_tag("nobody", "k", "v"))
    tell.do("delete tag", lambda: client.delete_registered_model_tag(name, "a"))
    tell.do("delete absent tag", lambda: client.delete_registered_model_tag(name, "a"))
    tell.do("after tags", lambda: client.get_registered_model(name).tags)
    tell.do("rename", lambda: model_answer(client.rename_registered_model(name, f"{name} 2")))
    tell.do("rename to bad", lambda: client.rename_registered_model(f"{name} 2", "a/b"))
    tell.do("rename unknown", lambda: client.rename_registered_model("nobody", "x"))
    tell.do("rename back", lambda: model_answer(client.rename_registered_model(f"{name} 2", name)))
    tell.do("delete unknown", lambda: client.delete_registered_model("nobody"))


def model_versions(tell):
    """Versions, stages, aliases, copies."""
    client, name, other = tell.client, f"{tell.prefix}taxi", f"{tell.prefix}bus"
    create = client.create_model_version
    tell.do("no versions", lambda: client.get_latest_versions(name))
    tell.do(
        "version 1",
        lambda: version_answer(
            create(name, "s3://b/1", tags={"t": "1"}, run_link="http://x", description="first")
        ),
    )
    tell.do("version 2", lambda: version_answer(create(name, "s3://b/2", run_id="r2")))
    tell.do("version 3", lambda: version_answer(create(name, "gs://b/3", run_id="r3")))
    tell.do("version of unknown", lambda: create("nobody", "s3://b/1"))
    for bad in (
        "/etc",
        "file:///etc",
        "rel/path",
        "runs:/r/m",
        "mlflow-artifacts:/0/r/m",
        "s3://b/../x",
    ):
        tell.do(f"source {bad}", lambda bad=bad: create(name, bad))
    tell.do("get version", lambda: version_answer(client.get_model_version(name, "1")))
    for bad in ("9", "x"):
        tell.do(f"get version {bad}", lambda bad=bad: client.get_model_version(name, bad))
    tell.do("uri", lambda: client.get_model_version_download_uri(name, "1"))
    tell.do("update", lambda: version_answer(client.update_model_version(name, "1", "new")))
    tell.do("update to none", lambda: version_answer(client.update_model_version(name, "1", None)))
    tell.do("set tag", lambda: client.set_model_version_tag(name, "1", "k", "v"))
    tell.do("set tag of unknown", lambda: client.set_model_version_tag(name, "9", "k", "v"))
    tell.do("delete tag", lambda: client.delete_model_version_tag(name, "1", "k"))
    tell.do("delete absent tag", lambda: client.delete_model_version_tag(name, "1", "k"))
    move = client.transition_model_version_stage
    tell.do("to production", lambda: version_answer(move(name, "1", "production")))
    tell.do("handed over", lambda: version_answer(move(name, "2", "Production", True)))
    tell.do("archived", lambda: version_answer(client.get_model_version(name, "1")))
    tell.do("to bogus", lambda: move(name, "1", "bogus"))
    tell.do("archiving for none", lambda: move(name, "1", "None", True))
    tell.do("move unknown", lambda: move(name, "9", "Staging"))
    tell.do("set tag by stage", lambda: client.set_model_version_tag(name, stage="Production", key="s", value="p"))  # fmt: skip
    tell.do("stages", lambda: client.get_model_version_stages(name, "1"))
    tell.do(
        "latest",
        lambda: sorted(
            (v.current_stage, str(v.version)) for v in client.get_latest_versions(name)
        ),
    )
    tell.do(
        "latest of stages",
        lambda: [str(v.version) for v in client.get_latest_versions(name, ["production"])],
    )
    tell.do("latest of bogus", lambda: client.get_latest_versions(name, ["bogus"]))
    tell.do("latest of unknown", lambda: client.get_latest_versions("nobody"))
    for alias in ("best", "latest", "v3", "V3", "a b", "a.b", "v3x", "x" * 256):
        tell.do(
            f"alias {alias[:9]}",
            lambda alias=alias: client.set_registered_model_alias(name, alias, "2"),
        )
    tell.do("alias of unknown", lambda: client.set_registered_model_alias(name, "b", "9"))
    by_alias = client.get_model_version_by_alias
    tell.do("by alias", lambda: version_answer(by_alias(name, "best")))
    tell.do("by latest", lambda: version_answer(by_alias(name, "latest")))
    tell.do("by unknown alias", lambda: by_alias(name, "nope"))
    tell.do("model", lambda: model_answer(client.get_registered_model(name)))
    tell.do(
        "copy by number",
        lambda: version_answer(client.copy_model_version(f"models:/{name}/2", other)),
    )
    tell.do(
        "copy by alias",
        lambda: version_answer(client.copy_model_version(f"models:/{name}@best", other)),
    )
    tell.do("copy unknown", lambda: client.copy_model_version(f"models:/{name}/9", other))
    tell.do("uri of copy", lambda: client.get_model_version_download_uri(other, "2"))
    tell.do("delete alias", lambda: client.delete_registered_model_alias(name, "v3x"))
    tell.do("delete absent alias", lambda: client.delete_registered_model_alias(name, "v3x"))
    tell.do("delete version", lambda: client.delete_model_version(name, "2"))
    tell.do("delete version again", lambda: client.delete_model_version(name, "2"))
    tell.do("after deleting", lambda: model_answer(client.get_registered_model(name)))
    tell.do("number after deleting", lambda: str(create(name, "s3://b/4").version))


FILTERS = (
    "", "name = '{p}taxi'", "name LIKE '{p}%'", "name ILIKE '{P}%'", "name != '{p}taxi'",
    "name IN ('{p}taxi', '{p}bus')", "name NOT IN ('{p}bus')", "tags.k = 'v'", "tag.k != 'v'",
    "tags.k LIKE 'v%' AND name = '{p}taxi'", "attribute.name = '{p}bus'", "attributes.name = 'x'",
    "version_number = 3", "version_number > '1'", "version_number = 1.5", "run_id = 'r3'",
    "run_id IN ('r3', 'r2')", "source_path LIKE 's3%'", "name > 'a'", "colour = 'x'", "name =",
    "metrics.x > 1", "tags.`mlflow.prompt.is_prompt` != 'true' AND name = '{p}taxi'",
)  # fmt: skip
ORDERS = (
    ["name"], ["name DESC"], ["timestamp"], ["last_updated_timestamp DESC"], ["version_number"],
    ["creation_timestamp"], ["tags.k"], ["name desc", "version_number ASC"], ["colour"],
)  # fmt: skip


def registry_search(tell):
    """Filters and orders; other clients of the server have models of their own."""
    client, prefix = tell.client, tell.prefix

    def mine(found):
        return [one for one in found if one.name.startswith(prefix)]

    for text in FILTERS:
        filled = text.replace("{p}", prefix).replace("{P}", prefix.upper())
        tell.do(
            f"models {text}",
            lambda filled=filled: [m.name for m in mine(client.search_registered_models(filled))],
        )
        tell.do(
            f"versions {text}",
            lambda filled=filled: sorted(
                f"{v.name}/{v.version}" for v in mine(client.search_model_versions(filled))
            ),
        )
    tell.do("no aliases", lambda: [v.aliases for v in mine(client.search_model_versions())])
    for order in ORDERS:
        tell.do(
            f"models by {order}",
            lambda order=order: [
                m.name for m in mine(client.search_registered_models(order_by=order))
            ],
        )
        tell.do(
            f"versions by {order}",
            lambda order=order: [
                f"{v.name}/{v.version}" for v in mine(client.search_model_versions(order_by=order))
            ],
        )
    tell.do("too many models", lambda: client.search_registered_models(max_results=1001))
    tell.do("too many versions", lambda: client.search_model_versions(max_results=200_001))
    tell.do("bad token", lambda: client.search_registered_models(page_token="rubbish"))
    filled = f"name LIKE '{prefix}%'"
    page = client.search_registered_models(filled, max_results=1)
    rest = client.search_registered_models(filled, max_results=9, page_token=page.token)
    tell.do("pages", lambda: [[m.name for m in page], [m.name for m in rest], rest.token])


def registering(tell):
    """`register_model` of what a run logged, and loading its files again."""
    client, name = tell.client, f"{tell.prefix}registered"
    experiment = client.create_experiment(f"{tell.prefix}registering")
    run = client.create_run(experiment)
    run_id = run.info.run_id
    client.log_text(run_id, "flavors: {}", "model/MLmodel")
    tell.do(
        "register",
        lambda: version_answer(
            mlflow.register_model(f"runs:/{run_id}/model", name, tags={"k": "v"})
        ),
    )
    tell.do("again", lambda: version_answer(mlflow.register_model(f"runs:/{run_id}/model", name)))
    tell.do("uri", lambda: client.get_model_version_download_uri(name, "1"))
    tell.do(
        "files",
        lambda: open_text(mlflow.artifacts.download_artifacts(f"models:/{name}/1")),
    )
    client.set_registered_model_alias(name, "best", "1")
    tell.do(
        "files by alias",
        lambda: open_text(mlflow.artifacts.download_artifacts(f"models:/{name}@best")),
    )
    tell.do("unknown run", lambda: mlflow.register_model(f"runs:/{'0' * 32}/model", name))
    tell.do("fluent search", lambda: [m.name for m in mlflow.search_registered_models(filter_string=f"name = '{name}'")])  # fmt: skip
    tell.do("fluent versions", lambda: [str(v.version) for v in mlflow.search_model_versions(filter_string=f"name = '{name}'", order_by=["version_number"])])  # fmt: skip
    client.delete_registered_model(name)
    tell.do("deleted", lambda: client.get_registered_model(name))
    tell.do("deleted versions", lambda: len(client.search_model_versions(f"name = '{name}'")))


def open_text(folder):
    """The file that was logged."""
    return Path(folder, "MLmodel").read_text(encoding="utf-8")


JOURNEYS = (registered_models, model_versions, registry_search, registering)
