"""POST datasets/search."""


def test_pages_by_name(keeper, name):
    """Each dataset comes once, whatever the size of the pages."""
    names = [f"{name} {letter}" for letter in "cab"]
    for one in names:
        keeper.keep(one, one.encode())
    found, token = [], ""
    while token is not None:
        page = keeper.post("search", contains=name.upper(), max_results=2, page_token=token).json
        found += [one["name"] for one in page["datasets"]]
        token = page["next_page_token"]
    assert found == sorted(names)
    assert keeper.post("search", contains="no such text").json["datasets"] == []


def test_signs_of_patterns_are_bounded(keeper):
    """Bad pages are refused."""
    for fields in ({"max_results": 0}, {"max_results": 1001}, {"page_token": "x"}):
        assert keeper.post("search", **fields).error == (400, "INVALID_PARAMETER_VALUE")
