"""Own questionnaires: uploaded with every problem, published for good, compared."""

from dataclasses import replace

import pytest

from app.domain.questionnaire import Questionnaire
from app.formats.problems import Problems
from app.formats.shelf import SHIPPED
from app.services.errors import NotValid
from app.services.pack_changes import PackChanges, pack_changes
from app.services.packs import (
    PackExists,
    find_pack,
    place_shipped,
    publish_pack,
    questionnaire_of,
    shelf_of,
    upload_pack,
    withdraw_draft,
)
from app.store.errors import NotFound
from app.store.record.requests import audit_page
from app.store.unit_of_work import writing
from tests.services.conftest import NOW, PACK, House

TEXT = (SHIPPED / "examples" / "tiny.v1.yaml").read_bytes()
CHANGED = TEXT.replace(b"\ntitle: ", b"\ntitle: New ", 1)


@pytest.fixture(scope="module", autouse=True)
def _tiny_is_as_expected() -> None:
    assert CHANGED != TEXT


def _name(text: bytes) -> str:
    return next(
        f"{i.split()[1]}@{v.split()[1]}"
        for i in text.decode().splitlines()
        if i.startswith("id:")
        for v in text.decode().splitlines()
        if v.startswith("version:")
    ).replace('"', "")


def test_shipped_questionnaires_are_placed_once(house: House) -> None:
    with writing(house.engine) as session:
        assert place_shipped(session, at=NOW) == ()
        assert [(e.name, e.own, e.published) for e in shelf_of(session, house.mine)] == [(PACK, False, True)]


def test_every_problem_of_an_upload_is_listed_and_nothing_is_kept(house: House) -> None:
    with writing(house.engine) as session:
        with pytest.raises(Problems) as found:
            upload_pack(session, house.alice, house.mine, b"id: 7\nsurprise: 1\n", name="mine.yaml", at=NOW)
        assert len(found.value.items) > 1
        assert all(problem.file == "mine.yaml" for problem in found.value.items)
        assert len(shelf_of(session, house.mine)) == 1


def test_a_draft_can_be_replaced_previewed_and_published_and_then_never_changes(house: House) -> None:
    with writing(house.engine) as session:
        row = upload_pack(session, house.alice, house.mine, TEXT, name="t", at=NOW)
        with pytest.raises(NotFound):
            find_pack(session, house.mine, _name(TEXT))
        assert find_pack(session, house.mine, _name(TEXT), drafts=True) is row
        again = upload_pack(session, house.alice, house.mine, CHANGED, name="t", at=NOW)
        assert again.public_id == row.public_id
        assert questionnaire_of(again).title.startswith("New ")
        publish_pack(session, house.alice, again, at=NOW)
        publish_pack(session, house.alice, again, at=NOW)
        assert upload_pack(session, house.alice, house.mine, CHANGED, name="t", at=NOW).public_id == row.public_id
        with pytest.raises(PackExists, match="raise the version"):
            upload_pack(session, house.alice, house.mine, TEXT, name="t", at=NOW)
        with pytest.raises(NotValid):
            withdraw_draft(session, house.alice, again, at=NOW)
        assert find_pack(session, house.mine, _name(TEXT)).title.startswith("New ")
        events = [a.event for a in audit_page(session, house.mine)]
        assert events.count("questionnaire.published") == 1


def test_charlie_sees_nothing_of_an_own_questionnaire(house: House) -> None:
    with writing(house.engine) as session:
        publish_pack(
            session, house.alice, upload_pack(session, house.alice, house.mine, TEXT, name="t", at=NOW), at=NOW
        )
        assert _name(TEXT) in [e.name for e in shelf_of(session, house.mine)]
        assert [e.name for e in shelf_of(session, house.theirs)] == [PACK]
        with pytest.raises(NotFound):
            find_pack(session, house.theirs, _name(TEXT))


def test_a_draft_can_be_withdrawn_and_a_shipped_one_neither_published_nor_withdrawn(house: House) -> None:
    with writing(house.engine) as session:
        withdraw_draft(
            session, house.alice, upload_pack(session, house.alice, house.mine, TEXT, name="t", at=NOW), at=NOW
        )
        assert len(shelf_of(session, house.mine)) == 1
        shipped = find_pack(session, house.mine, PACK)
        for act in (publish_pack, withdraw_draft):
            with pytest.raises(NotValid):
                act(session, house.alice, shipped, at=NOW)


def test_a_shipped_version_cannot_be_uploaded_with_other_content(house: House) -> None:
    text = (SHIPPED / "mlops.v1.yaml").read_bytes()
    with writing(house.engine) as session:
        assert upload_pack(session, house.alice, house.mine, text, name="m", at=NOW).organization_id is None
        with pytest.raises(PackExists):
            upload_pack(
                session, house.alice, house.mine, text.replace(b"\ntitle: ", b"\ntitle: My ", 1), name="m", at=NOW
            )


def test_the_differences_of_two_versions_are_told_apart(mlops: Questionnaire) -> None:
    first, second, third, *rest = mlops.questions
    newer = replace(
        mlops,
        version="1.1.0",
        questions=(replace(second, text="Said better."), replace(third, rev=2), replace(rest[0], id="mon-new"), *rest),
        beliefs=mlops.beliefs[1:],
        rules=replace(mlops.rules, ad_max=mlops.rules.ad_max * 2),
    )
    assert pack_changes(mlops, newer) == PackChanges(
        added=("mon-new",),
        retired=(first.id, mlops.beliefs[0].id),
        changed=(third.id,),
        wording=(second.id,),
        scoring=True,
    )
    assert pack_changes(mlops, newer).any
    assert not pack_changes(mlops, replace(mlops, version="1.0.1")).any
