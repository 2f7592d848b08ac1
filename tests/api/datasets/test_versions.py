"""POST datasets/versions."""


def test_the_newest_come_first(keeper, name):
    """In pages; profiles are left out."""
    for number in range(5):
        keeper.keep_csv(name, f"a\n{number}\n")
    first = keeper.post("versions", name=name, max_results=3).json
    assert [one["version"] for one in first["versions"]] == [5, 4, 3]
    rest = keeper.post("versions", name=name, page_token=first["next_page_token"]).json
    assert [one["version"] for one in rest["versions"]] == [2, 1]
    assert rest["next_page_token"] is None
    assert rest["versions"][0]["profile"] is None


def test_bad_input(keeper, name):
    """Unknown names, and the token of another search."""
    assert keeper.post("versions", name=name).error == (404, "RESOURCE_DOES_NOT_EXIST")
    keeper.keep(name, b"v")
    answer = keeper.post("versions", name=name, page_token="bm8=")
    assert answer.error == (400, "INVALID_PARAMETER_VALUE")
