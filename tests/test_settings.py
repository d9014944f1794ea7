"""Settings are read strictly, and every fault is named with its line."""

from pathlib import Path

import pytest

from bot.settings import Settings, SettingsError, read_settings


def test_without_a_file_the_defaults_hold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No config.yaml is no fault."""
    monkeypatch.chdir(tmp_path)
    assert read_settings(None) == Settings()


def test_config_yaml_in_this_folder_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A config.yaml that lies here is taken without being named."""
    (tmp_path / "config.yaml").write_text("quotes: 1\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert read_settings(None) == Settings(quotes=1)


def test_a_folder_is_relative_to_the_file(tmp_path: Path) -> None:
    """Settings mean the same wherever the program is started."""
    config = tmp_path / "my.yaml"
    config.write_text("\ufeffknowledge: articles\nthreshold: 0.35\nquotes: 2\n", encoding="utf-8")
    assert read_settings(config) == Settings(tmp_path / "articles", 0.35, 2)


def test_an_empty_file_changes_nothing(tmp_path: Path) -> None:
    """A file with nothing but comments holds the defaults."""
    config = tmp_path / "my.yaml"
    config.write_text("# nothing yet\n", encoding="utf-8")
    assert read_settings(config) == Settings()


def test_every_fault_is_named_at_once(tmp_path: Path) -> None:
    """All wrong keys and values are told in one go, each with line and column."""
    config = tmp_path / "my.yaml"
    config.write_text("thresold: 0.5\nthreshold: high\nquotes: 7\nknowledge: [a]\n", encoding="utf-8")
    with pytest.raises(SettingsError) as caught:
        read_settings(config)
    assert [fault.removeprefix(str(config)) for fault in caught.value.faults] == [
        ':1:1: "thresold" is not a setting (there are knowledge, threshold, quotes)',
        ':2:12: threshold: "high" is not a number from 0 to 1',
        ':3:9: quotes: "7" is not 1, 2 or 3',
        ":4:12: knowledge: a single value is wanted",
    ]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("quotes: 1\nquotes: 2\n", '2:1: duplicate key "quotes" (it stands in line 1 already)'),
        ("- a\n", "1:1: not `key: value` lines (for example knowledge: articles)"),
        ("threshold: nan\n", '1:12: threshold: "nan" is not a number from 0 to 1'),
        ("knowledge: *a\n", "1:12: anchors and aliases (& and *) are not read (put the value in quotes)"),
    ],
)
def test_a_fault_names_its_place_and_its_cure(tmp_path: Path, text: str, fault: str) -> None:
    """What is wrong, where, and how to mend it."""
    config = tmp_path / "my.yaml"
    config.write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError) as caught:
        read_settings(config)
    assert caught.value.faults == [f"{config}:{fault}"]


@pytest.mark.parametrize("content", [None, b"\xff\xfe"], ids=["missing", "not UTF-8"])
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, content: bytes | None) -> None:
    """A file that was named but can't be read is a fault, not a default."""
    config = tmp_path / "my.yaml"
    if content is not None:
        config.write_bytes(content)
    with pytest.raises(SettingsError, match=r"my\.yaml: can't be read"):
        read_settings(config)
