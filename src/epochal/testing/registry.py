"""What every store promises about registered models and their versions."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from epochal.errors import (
    AlreadyExistsError,
    InvalidParameterError,
    ModelNotFoundError,
    VersionNotFoundError,
)
from epochal.ports.registry import NewModel, NewVersion, RegistryQuery
from epochal.search.parser import parse_filter, parse_order_by

if TYPE_CHECKING:
    from collections.abc import Callable

    from epochal.entities import ModelVersion, Page, RegisteredModel
    from epochal.ports.registry import RegistryStore

NOW = 1_700_000_000_000


def make_model(store: RegistryStore, name: str = "taxi", versions: int = 0) -> RegisteredModel:
    """A model that is there, with some versions."""
    store.create_model(NewModel(name, NOW))
    for number in range(1, versions + 1):
        make_version(store, name, NOW + number)
    return store.get_model(name)


def make_version(
    store: RegistryStore, name: str = "taxi", now_ms: int = NOW, run_id: str = ""
) -> ModelVersion:
    """The next version of a model."""
    return store.create_version(NewVersion(name, "s3://b/m", "s3://b/m", now_ms, run_id))


def names_of(page: Page[RegisteredModel]) -> list[str]:
    """The names of the models of a page."""
    return [model.name for model in page.items]


def numbers_of(page: Page[ModelVersion]) -> list[int]:
    """The numbers of the versions of a page."""
    return [version.version for version in page.items]


_ON_MODELS: list[Callable[[RegistryStore], object]] = [
    lambda r: r.get_model("none"),
    lambda r: r.rename_model("none", "new", NOW),
    lambda r: r.describe_model("none", "d", NOW),
    lambda r: r.delete_model("none"),
    lambda r: r.set_model_tag("none", "k", "v"),
    lambda r: r.delete_model_tag("none", "k"),
    lambda r: r.delete_alias("none", "champion"),
    lambda r: r.find_alias("none", "champion"),
    lambda r: r.latest_versions("none", ["None"]),
    lambda r: make_version(r, "none"),
]


_ON_VERSIONS: list[Callable[[RegistryStore], object]] = [
    lambda r: r.get_version("taxi", 9),
    lambda r: r.get_version("none", 1),
    lambda r: r.get_storage("taxi", 9),
    lambda r: r.describe_version("taxi", 9, "d", NOW),
    lambda r: r.move_version("taxi", 9, "Staging", NOW, archives=True),
    lambda r: r.move_version("none", 1, "Staging", NOW, archives=True),
    lambda r: r.delete_version("taxi", 9, NOW),
    lambda r: r.set_version_tag("taxi", 9, "k", "v"),
    lambda r: r.delete_version_tag("taxi", 9, "k"),
    lambda r: r.set_alias("taxi", "champion", 9),
]


class RegistryContract:
    """All that every registry promises. The fixture `registry` yields a new, empty one."""

    def test_a_model_is_kept_whole(self, registry: RegistryStore) -> None:
        """Name, description, tags and times come back as they were given."""
        made = registry.create_model(NewModel("é m", NOW, "*best*\n", {"b": "2", "a": "'"}))
        assert registry.get_model("é m") == made
        assert (made.name, made.description, made.tags) == (
            "é m",
            "*best*\n",
            {"b": "2", "a": "'"},
        )
        assert (made.creation_timestamp, made.last_updated_timestamp) == (NOW, NOW)
        assert (made.latest_versions, made.aliases) == ([], {})

    def test_a_name_is_taken_once(self, registry: RegistryStore) -> None:
        """A second model of a name is refused, and so is renaming to it; case counts."""
        make_model(registry, "taxi")
        make_model(registry, "Taxi")
        with pytest.raises(AlreadyExistsError, match="Registered Model 'taxi' already exists"):
            make_model(registry, "taxi")
        with pytest.raises(AlreadyExistsError):
            registry.rename_model("Taxi", "taxi", NOW)

    def test_two_that_create_one_name_at_once_are_both_fine(self, registry: RegistryStore) -> None:
        """One makes it, the others learn that it is there; all can use it."""

        def create(number: int) -> bool:
            try:
                registry.create_model(NewModel("race", NOW + number))
            except AlreadyExistsError:
                return False
            return True

        with ThreadPoolExecutor(8) as threads:
            made = list(threads.map(create, range(8)))
        assert made.count(True) == 1
        assert registry.get_model("race").name == "race"

    def test_numbers_have_no_gaps(self, registry: RegistryStore) -> None:
        """However many create versions at once, they are numbered from 1 on."""
        make_model(registry)
        with ThreadPoolExecutor(8) as threads:
            waited = [threads.submit(make_version, registry) for _ in range(24)]
        made = [one.result().version for one in waited]
        assert sorted(made) == list(range(1, 25))

    def test_a_number_is_never_given_twice(self, registry: RegistryStore) -> None:
        """Not even that of a deleted version."""
        make_model(registry, versions=2)
        registry.delete_version("taxi", 2, NOW)
        assert make_version(registry).version == 3

    def test_a_version_is_kept_whole(self, registry: RegistryStore) -> None:
        """Where it is from, who made it, and where its files lie."""
        make_model(registry)
        made = registry.create_version(
            NewVersion(
                "taxi",
                "models:/other/1",
                "s3://bucket/model",
                NOW + 5,
                run_id="run1",
                run_link="http://elsewhere",
                model_id="m-1",
                user_id="ada",
                description="first",
                tags={"k": "v"},
            )
        )
        assert registry.get_version("taxi", 1) == made
        assert (made.source, made.run_id, made.run_link) == (
            "models:/other/1",
            "run1",
            "http://elsewhere",
        )
        assert (made.model_id, made.user_id, made.description) == ("m-1", "ada", "first")
        assert (made.status, made.current_stage, made.tags) == ("READY", "None", {"k": "v"})
        assert made.creation_timestamp == made.last_updated_timestamp == NOW + 5
        assert registry.get_storage("taxi", 1) == "s3://bucket/model"
        assert registry.get_model("taxi").last_updated_timestamp == NOW + 5

    def test_a_renamed_model_keeps_all(self, registry: RegistryStore) -> None:
        """Versions, tags and aliases follow; the old name is free."""
        make_model(registry, versions=1)
        registry.set_model_tag("taxi", "k", "v")
        registry.set_alias("taxi", "champion", 1)
        renamed = registry.rename_model("taxi", "cab", NOW + 9)
        assert (renamed.tags, renamed.aliases) == ({"k": "v"}, {"champion": 1})
        assert renamed.last_updated_timestamp == NOW + 9
        assert registry.get_version("cab", 1).name == "cab"
        with pytest.raises(ModelNotFoundError):
            registry.get_model("taxi")
        assert make_model(registry, "taxi").latest_versions == []

    def test_descriptions_are_set_and_taken_away(self, registry: RegistryStore) -> None:
        """Of the model and of the version, each with its own time."""
        make_model(registry, versions=1)
        assert registry.describe_model("taxi", "rides", NOW + 7).description == "rides"
        assert registry.describe_model("taxi", None, NOW + 8).description is None
        described = registry.describe_version("taxi", 1, "first", NOW + 9)
        assert (described.description, described.last_updated_timestamp) == ("first", NOW + 9)
        assert registry.describe_version("taxi", 1, None, NOW + 10).description is None
        assert registry.get_model("taxi").last_updated_timestamp == NOW + 8

    def test_tags_are_set_and_deleted(self, registry: RegistryStore) -> None:
        """Of models and versions; deleting one that is absent is no error."""
        make_model(registry, versions=2)
        for value in ("1", "2"):
            registry.set_model_tag("taxi", "k", value)
            registry.set_version_tag("taxi", 1, "k", value)
        assert registry.get_model("taxi").tags == {"k": "2"}
        assert registry.get_version("taxi", 1).tags == {"k": "2"}
        assert registry.get_version("taxi", 2).tags == {}
        for _ in range(2):
            registry.delete_model_tag("taxi", "k")
            registry.delete_version_tag("taxi", 1, "k")
        assert (registry.get_model("taxi").tags, registry.get_version("taxi", 1).tags) == ({}, {})

    def test_an_alias_is_borne_by_one_version(self, registry: RegistryStore) -> None:
        """It moves; a version may bear several; lists leave aliases out."""
        make_model(registry, versions=2)
        registry.set_alias("taxi", "champion", 1)
        registry.set_alias("taxi", "champion", 2)
        registry.set_alias("taxi", "best", 2)
        assert registry.get_model("taxi").aliases == {"best": 2, "champion": 2}
        assert registry.get_version("taxi", 2).aliases == ["best", "champion"]
        assert registry.get_version("taxi", 1).aliases == []
        found = registry.find_alias("taxi", "champion")
        assert found == registry.get_version("taxi", 2)
        assert registry.get_model("taxi").latest_versions[0].aliases == []
        for _ in range(2):
            registry.delete_alias("taxi", "champion")
        assert registry.find_alias("taxi", "champion") is None

    def test_a_stage_is_handed_over(self, registry: RegistryStore) -> None:
        """With archiving, who held it is archived; without, both hold it."""
        make_model(registry, versions=3)
        registry.move_version("taxi", 1, "Production", NOW + 10, archives=False)
        registry.move_version("taxi", 2, "Production", NOW + 11, archives=False)
        moved = registry.move_version("taxi", 3, "Production", NOW + 12, archives=True)
        assert (moved.current_stage, moved.last_updated_timestamp) == ("Production", NOW + 12)
        for number in (1, 2):
            before = registry.get_version("taxi", number)
            assert (before.current_stage, before.last_updated_timestamp) == ("Archived", NOW + 12)
        assert registry.get_model("taxi").last_updated_timestamp == NOW + 12

    def test_two_promotions_at_once_leave_one_holder(self, registry: RegistryStore) -> None:
        """Whoever is last holds the stage; all others are archived."""
        make_model(registry, versions=8)

        def promote(number: int) -> None:
            registry.move_version("taxi", number, "Production", NOW + 50, archives=True)

        with ThreadPoolExecutor(8) as threads:
            list(threads.map(promote, range(1, 9)))
        stages = [registry.get_version("taxi", number).current_stage for number in range(1, 9)]
        assert sorted(stages) == ["Archived"] * 7 + ["Production"]

    def test_latest_versions_are_the_newest_of_each_stage(self, registry: RegistryStore) -> None:
        """By number, of the stages asked for."""
        make_model(registry, versions=4)
        registry.move_version("taxi", 1, "Production", NOW, archives=False)
        registry.move_version("taxi", 2, "Production", NOW, archives=False)
        registry.move_version("taxi", 4, "Archived", NOW, archives=False)
        latest = registry.latest_versions("taxi", ["None", "Staging", "Production", "Archived"])
        assert [version.version for version in latest] == [2, 3, 4]
        assert registry.get_model("taxi").latest_versions == latest
        assert [v.version for v in registry.latest_versions("taxi", ["Production"])] == [2]
        assert registry.latest_versions("taxi", ["Staging"]) == []

    def test_a_deleted_version_is_gone(self, registry: RegistryStore) -> None:
        """With its tags and aliases; the model's time moves on."""
        make_model(registry, versions=2)
        registry.set_alias("taxi", "champion", 1)
        registry.set_version_tag("taxi", 1, "k", "v")
        registry.delete_version("taxi", 1, NOW + 20)
        model = registry.get_model("taxi")
        assert (model.aliases, model.last_updated_timestamp) == ({}, NOW + 20)
        assert numbers_of(registry.search_versions(RegistryQuery())) == [2]

    def test_a_deleted_model_leaves_nothing(self, registry: RegistryStore) -> None:
        """A new one of its name begins anew."""
        make_model(registry, versions=2)
        registry.set_alias("taxi", "champion", 1)
        registry.set_model_tag("taxi", "k", "v")
        registry.set_version_tag("taxi", 1, "k", "v")
        registry.delete_model("taxi")
        assert registry.search_versions(RegistryQuery()).items == []
        made = make_model(registry, versions=1)
        assert (made.tags, made.aliases, made.latest_versions[0].version) == ({}, {}, 1)
        assert registry.get_version("taxi", 1).tags == {}

    @pytest.mark.parametrize("work", _ON_MODELS)
    def test_an_unknown_model_is_an_error(
        self, registry: RegistryStore, work: Callable[[RegistryStore], object]
    ) -> None:
        """With its name, in MLflow's words."""
        with pytest.raises(ModelNotFoundError, match="Registered Model with name=none not found"):
            work(registry)

    @pytest.mark.parametrize("work", _ON_VERSIONS)
    def test_an_unknown_version_is_an_error(
        self, registry: RegistryStore, work: Callable[[RegistryStore], object]
    ) -> None:
        """With name and number; and nothing was changed."""
        before = make_model(registry, versions=1)
        with pytest.raises(VersionNotFoundError, match=r"Model Version \(name=\w+, version=\d\)"):
            work(registry)
        assert registry.get_model("taxi") == before

    @pytest.mark.parametrize(
        ("text", "found"),
        [
            ("", ["Bus", "bike", "taxi"]),
            ("name = 'taxi'", ["taxi"]),
            ("name ILIKE 'B%'", ["Bus", "bike"]),
            ("tags.team = 'a' AND name != 'bike'", ["Bus"]),
            ("tags.team != 'a'", ["taxi"]),
            ("tags.none IS NULL AND NOT name IN ('taxi')", ["Bus", "bike"]),
            ("alias = 'champion'", ["taxi"]),
            ("alias IS NULL", ["Bus", "bike"]),
            (f"creation_timestamp > {NOW} OR name = 'Bus'", ["Bus"]),
        ],
    )
    def test_models_are_found(self, registry: RegistryStore, text: str, found: list[str]) -> None:
        """By name, tag, alias and time, in the order of their names."""
        for name, tags in (
            ("taxi", {"team": "b"}),
            ("bike", {"team": "a"}),
            ("Bus", {"team": "a"}),
        ):
            registry.create_model(NewModel(name, NOW, None, tags))
        make_version(registry, "taxi")
        registry.set_alias("taxi", "champion", 1)
        where = parse_filter(text, "registered_model")
        assert names_of(registry.search_models(RegistryQuery(where))) == found

    def test_models_come_in_pages(self, registry: RegistryStore) -> None:
        """That follow each other, by name or as asked for; a token fits its search alone."""
        for place, name in enumerate(("c", "a", "b")):
            registry.create_model(NewModel(name, NOW + place // 2))
        order = parse_order_by(["timestamp DESC"], "registered_model")
        page = registry.search_models(RegistryQuery(order_by=order, limit=2))
        rest = registry.search_models(
            RegistryQuery(order_by=order, limit=2, page_token=page.token)
        )
        assert (names_of(page), names_of(rest), rest.token) == (["b", "a"], ["c"], None)
        for token in (page.token, "rubbish"):
            with pytest.raises(InvalidParameterError, match="Invalid page token"):
                registry.search_models(RegistryQuery(page_token=token))

    @pytest.mark.parametrize(
        ("text", "found"),
        [
            ("", [3, 2, 1]),
            ("name = 'taxi' AND version_number > 1", [3, 2]),
            ("version_number = '2'", [2]),
            ("version BETWEEN 1 AND 2", [2, 1]),
            ("run_id = 'r1'", [1]),
            ("run_id IN ('r1', 'r2')", [2, 1]),
            ("run_id IS NULL", [3]),
            ("source_path LIKE 's3:%'", [3, 2, 1]),
            ("stage = 'Production' OR alias = 'best'", [2, 1]),
            ("tags.k = 'v'", [3]),
            ("NOT tags.k = 'v'", [2, 1]),
        ],
    )
    def test_versions_are_found(
        self, registry: RegistryStore, text: str, found: list[int]
    ) -> None:
        """By model, number, run, source, stage, alias and tag; the last changed first."""
        make_model(registry)
        for number, run in enumerate(("r1", "r2", ""), 1):
            make_version(registry, now_ms=NOW + number, run_id=run)
        registry.set_version_tag("taxi", 3, "k", "v")
        registry.set_alias("taxi", "best", 1)
        registry.set_alias("taxi", "oldest", 1)
        registry.move_version("taxi", 2, "Production", NOW + 2, archives=False)
        where = parse_filter(text, "model_version")
        assert numbers_of(registry.search_versions(RegistryQuery(where))) == found

    def test_versions_come_in_pages(self, registry: RegistryStore) -> None:
        """Equal times by name, then the greatest number first."""
        for name in ("b", "a"):
            registry.create_model(NewModel(name, NOW))
            for _ in range(2):
                make_version(registry, name)
        seen: list[tuple[str, int]] = []
        token = None
        for _ in range(4):
            page = registry.search_versions(RegistryQuery(limit=1, page_token=token))
            seen += [(version.name, version.version) for version in page.items]
            token = page.token
        assert (seen, token) == ([("a", 2), ("a", 1), ("b", 2), ("b", 1)], None)
        order = parse_order_by(["version_number", "name DESC"], "model_version")
        page = registry.search_versions(RegistryQuery(order_by=order))
        assert [(v.name, v.version) for v in page.items] == [
            ("b", 1),
            ("a", 1),
            ("b", 2),
            ("a", 2),
        ]
