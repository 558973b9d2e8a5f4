"""Briefs say the conclusion, what flips it and the limits, and never more than the study holds."""

from __future__ import annotations

import builtins
import io
import re
import zipfile
from xml.etree import ElementTree

import pytest
from matplotlib.image import imread

from contingent.errors import SettingError
from contingent.report.brief import brief_of, conclusion_of
from contingent.report.brief_files import as_docx, as_markdown, as_picture, as_png, write_brief
from contingent.report.view.build import build_view

PICTURE = b"\x89PNG\r\n\x1a\n"


@pytest.fixture(scope="module")
def brief(demo, run):
    return brief_of(build_view(run, demo.spec))


def test_it_names_conclusion_seed_and_limits(brief, run) -> None:
    assert brief.conclusion in {claim["id"] for claim in run.record["claims"]}
    assert f"({brief.conclusion})" in brief.paragraph
    assert any("seed 1" in line for line in brief.methods)
    assert any("share of simulated futures" in line for line in brief.limits)
    assert brief.flips
    evaluated = [one for one in run.record["claims"] if one["status"] == "evaluated"]
    assert [row[0] for row in brief.claims] == [one["id"] for one in evaluated]


def test_the_conclusion_stands_on_the_most() -> None:
    claims = [{"id": name, "status": "evaluated"} for name in "abc"]
    links = [{"claim": "b", "sort": "needs", "on": "a"}, {"claim": "c", "sort": "needs", "on": "b"},
             {"claim": "a", "sort": "rejects", "on": "c"}]  # fmt: skip
    assert conclusion_of({"claims": claims, "argument": {"links": links}}) == "c"
    assert conclusion_of({"claims": [], "argument": None}) is None


def test_clear_what_ifs_are_told_with_what_they_flip(demo, run) -> None:
    claim = brief_of(build_view(run, demo.spec)).conclusion
    name = next(iter(demo.spec.argument.what_if))
    one = {"claim": claim, "before": 0.3, "after": 0.8, "difference": 0.5, "low": 0.4, "high": 0.6,
           "clear": True, "futures": 100}  # fmt: skip
    told = brief_of(build_view(run, demo.spec, answers={name: [one]}, answered_on=100))
    assert any("from 30 of 100 to 80 of 100, across even odds" in line for line in told.flips)
    unclear = one | {"clear": False}
    told = brief_of(build_view(run, demo.spec, answers={name: [unclear]}, answered_on=100))
    assert not any("across even odds" in line for line in told.flips)


def test_what_was_not_played_is_not_said_to_have_failed(demo, run) -> None:
    view = build_view(run, demo.spec)
    view.meta["drivers"] = view.meta["watch"] = None
    for one in view.meta["argument"]["conclusions"]:
        one["break_points"] = []
    (said,) = brief_of(view).flips
    assert said.endswith("no what-if was played.")
    assert not any(line.startswith("What-ifs:") for line in brief_of(view).methods)


def test_markdown_escapes_and_has_its_figure_beside_it(brief, run, tmp_path) -> None:
    files = write_brief(tmp_path / "b.md", "md", brief, run.plot_verdicts())
    assert [path.name for path in files] == ["b.png", "b.md"]
    text = files[1].read_text(encoding="utf-8")
    assert "![Verdicts on the claims](<b.png>)" in text
    assert "> ## Limits" in text
    assert files[0].read_bytes().startswith(PICTURE)
    assert "\\<b\\>x\\|y" in as_markdown(
        type(brief)("<b>x|y", "", "", None, (), (), (), ()), "f.png"
    )


@pytest.mark.parametrize("text", ["x" * 300, "a\x0bb\x00c", "a\ufffe\uffffb", "a\ud800b",
                                  "a\n# b &lt;i&gt; $x$ ~~y~~ ![p](q)"])  # fmt: skip
def test_no_text_of_a_scenario_spoils_a_brief(brief, run, text: str) -> None:
    pytest.importorskip("docx")
    told = type(brief)(text, text, text, None, (text,), (text,), (text,), ((text,) * 4,))
    written = as_markdown(told, "f.png").encode().decode()
    assert "\n# b" not in written and "&lt;" not in written.replace("\\&", "")
    assert not re.search(r"(?<!\\)[$~]", written) and "[p]" not in written
    with zipfile.ZipFile(io.BytesIO(as_docx(told, as_png(run.plot_verdicts())))) as archive:
        ElementTree.fromstring(archive.read("word/document.xml"))
        ElementTree.fromstring(archive.read("docProps/core.xml"))


def test_a_picture_holds_the_words_beside_the_figure(brief, run, tmp_path) -> None:
    figure = as_png(run.plot_verdicts())
    (file,) = write_brief(tmp_path / "b.png", "png", brief, run.plot_verdicts())
    whole = imread(io.BytesIO(file.read_bytes()))
    alone = imread(io.BytesIO(as_picture(type(brief)("", "", "", None, (), (), (), ()), figure)))
    assert whole.shape[1] == alone.shape[1] and whole.shape[0] > alone.shape[0] + 200
    assert file.read_bytes() == as_picture(brief, figure)
    words = whole[: whole.shape[0] - alone.shape[0] // 2, :, :3].mean(axis=2) < 0.5
    assert words[: whole.shape[0] // 12].any(), "the title stands above the figure"
    odd = as_picture(type(brief)("中" * 300, "", "$x$ \x00", None, (), (), (), ()), figure)
    assert odd.startswith(PICTURE)


def test_pictures_and_documents_bear_no_time(brief, run) -> None:
    pytest.importorskip("docx")
    figure = as_png(run.plot_verdicts())
    assert figure == as_png(run.plot_verdicts())
    one = as_docx(brief, figure)
    assert one == as_docx(brief, figure)
    with zipfile.ZipFile(io.BytesIO(one)) as archive:
        body = archive.read("word/document.xml").decode()
        assert {part.date_time[0] for part in archive.infolist()} == {1980}
    assert "What would flip the conclusion" in body and "Limits" in body


def test_without_python_docx(brief, monkeypatch) -> None:
    real = builtins.__import__

    def missing(name, *rest, **more):
        if name == "docx" or name.startswith("docx."):
            raise ImportError(name)
        return real(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", missing)
    with pytest.raises(SettingError, match=r"contingent\[docx\]"):
        as_docx(brief, b"")


def test_an_unknown_format(brief, run, tmp_path) -> None:
    with pytest.raises(SettingError, match="pdf"):
        write_brief(tmp_path / "b.pdf", "pdf", brief, run.plot_verdicts())
