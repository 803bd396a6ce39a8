"""The files that others take from a site, read by tools that nobody here wrote: frictionless (Data Packages), csvw (CSV on
the Web), pysdmx (SDMX-CSV), rdflib (DCAT in JSON-LD), feedparser and lxml (Atom, SVG), zipfile. Two sites are read: one of
its own with every kind of statement and hostile words, and the sample portal. Each tool is shown a broken file first, so that
it is known to refuse one."""

import contextlib
import csv as rfc4180
import io
import json
import os
import shutil
import subprocess
import tempfile
import unittest
import warnings
import zipfile
from pathlib import Path

import feedparser
import rdflib
from csvw import CSVW
from frictionless import validate
from lxml import etree
from pysdmx.io import read_sdmx
from rdflib.namespace import DCAT, DCTERMS, RDF

ROOT = Path(__file__).resolve().parents[2]
TINSO = os.environ.get("TINSO") or Path(os.environ.get("CARGO_TARGET_DIR") or ROOT / "target") / "debug" / "tinso"

CONFIG = """
base_url = "https://tin.example/so-lieu"
title = "Tin & \\"số\\" <b>"
default_language = "vi"
[languages.en]
title = "News"
[extra.tinso]
areas = { VN = { vi = "Cả nước", en = "Vietnam" }, VN-26 = { vi = "Thừa Thiên Huế", en = "Huế" } }
licence = { name = "CC-BY-4.0", url = "https://creativecommons.org/licenses/by/4.0/" }
"""
INDICATOR = """+++
title = "{title}"
[extra.indicator]
unit = "{unit}"
unit_mult = {mult}
unit_label = "{label}"
decimals = 1
measure = "{measure}"
ref_area = "VN"
{more}
+++
"""
METRICS = """
[[extra.metrics]]
indicator = "share"
time_period = "2015"
value = 41.5
ci = { low = 40, high = 43.25, level = 95 }
[[extra.metrics]]
indicator = "share"
time_period = "2015"
value = 39
breakdown = { sex = "F" }
comment = "=1+1, \\"quoted\\"\\nand a second line"
[[extra.metrics]]
indicator = "share"
time_period = "2016-Q3"
qualifier = "over"
value = 44
obs_status = "E"
ref_area = "VN-26"
[[extra.metrics]]
indicator = "share"
time_period = "2010-01/2010-07"
low = 30
high = 35
[[extra.metrics]]
indicator = "share"
time_period = "2020"
value = 60
kind = "target"
[[extra.metrics]]
indicator = "balance"
time_period = "2014-W07"
value = -12.5
change = { value = -3.1, basis = "previous_period" }
[[extra.metrics]]
indicator = "balance"
time_period = "2014-W08"
obs_status = "L"
"""
NEWER = """
[[extra.metrics]]
indicator = "share"
time_period = "2015"
value = 41.75
revision = { type = "revision", note = "Số chính thức" }
"""


def article(day, metrics, source=""):
    return f'+++\ntitle = "Bài {day}"\ndate = {day}\n[extra]\n{source}\n{metrics}\n+++\n'


def own_site(folder):
    """A site with every kind of statement, and words that would break a careless writer."""
    sexes = 'breakdowns = { sex = { label = { vi = "Giới", en = "Sex" }, members = { F = { vi = "nữ", en = "women" } } } }'
    share = INDICATOR.format(title="Tỷ lệ hộ có Internet ]]> & </script>", unit="percent", mult=0, label="%", measure="share", more=sexes)
    balance = INDICATOR.format(title="@Cán cân", unit="VND", mult=9, label="tỷ đồng", measure="flow", more="fiscal_year_start = 7")
    source = 'source = { name = "+Tổng cục, \\"Thống kê\\"", url = "https://gso.example/?a=1&b=2" }'
    page = "<!DOCTYPE html><title>{{ page.title }}</title>"
    files = {
        "config.toml": CONFIG,
        "content/chi-so/_index.md": '+++\ntitle = "Chỉ số"\n+++\n',
        "content/chi-so/share.md": share,
        "content/chi-so/share.en.md": '+++\ntitle = "Households & <Internet>"\n[extra.indicator]\nunit_label = "%"\n+++\n',
        "content/chi-so/balance.md": balance,
        "content/chi-so/balance.en.md": '+++\ntitle = "-Balance"\n[extra.indicator]\nunit_label = "billion VND"\n+++\n',
        "content/tin/_index.md": '+++\ntitle = "Tin"\n+++\n',
        "content/tin/a.md": article("2016-01-02", METRICS, source),
        "content/tin/b.md": article("2017-03-04", NEWER),
        "templates/page.html": page,
        "templates/section.html": "<!DOCTYPE html><title>{{ section.title }}</title>",
        "templates/index.html": "<!DOCTYPE html><title>{{ config.title }}</title>",
    }
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def setUpModule():
    global WORK, SITES
    WORK = Path(tempfile.mkdtemp(prefix="tinso-exports-"))
    own_site(WORK / "own")
    SITES = [WORK / "own-public", WORK / "portal-public"]
    for root, output in ((WORK / "own", SITES[0]), (ROOT, SITES[1])):
        built = subprocess.run([TINSO, "build", "--root", root, "--output-dir", output], capture_output=True, text=True)
        assert built.returncode == 0, built.stderr


def tearDownModule():
    shutil.rmtree(WORK)


def files(name, least):
    found = sorted(path for site in SITES for path in site.rglob(name))
    assert len(found) >= least, f"{len(found)} {name}"
    assert any(SITES[0] in path.parents for path in found)
    return found


def with_broken_table(path, change):
    """A copy of a folder in which the table is another."""
    folder = Path(tempfile.mkdtemp(dir=WORK))
    shutil.copytree(path.parent, folder, dirs_exist_ok=True)
    table = folder / "data.csv"
    table.write_text(change(table.read_text(encoding="utf-8")), encoding="utf-8", newline="")
    return folder / path.name


def no_number(table):
    assert ",41.5," in table
    return table.replace(",41.5,", ",about 41,", 1)


def csvw_is_valid(path):
    with warnings.catch_warnings(), contextlib.redirect_stderr(io.StringIO()):
        warnings.simplefilter("always")
        return CSVW(str(path), validate=True).is_valid


class Exports(unittest.TestCase):
    maxDiff = None

    def test_frictionless_finds_every_data_package_and_its_table_valid(self):
        packages = files("datapackage.json", 50)
        self.assertFalse(validate(str(with_broken_table(SITES[0] / "chi-so/share/datapackage.json", no_number)), type="package").valid)
        for path in packages:
            report = validate(path.name, type="package", basepath=str(path.parent))
            self.assertTrue(report.valid, f"{path}: {report.flatten(['type', 'fieldName', 'rowNumber', 'note'])}")

    def test_csvw_finds_every_table_as_its_description_says(self):
        self.assertFalse(csvw_is_valid(with_broken_table(SITES[0] / "chi-so/share/data.csv-metadata.json", no_number)))
        for path in files("data.csv-metadata.json", 50):
            self.assertTrue(csvw_is_valid(path), path)

    def test_pysdmx_reads_every_table_with_one_value_for_each_key(self):
        for path in files("data.sdmx.csv", 50):
            [dataset] = read_sdmx(path, validate=False).data
            keys = [name for name in dataset.data.columns if name in {"INDICATOR", "REF_AREA", "SEX", "FREQ", "TIME_PERIOD", "OBS_KIND"}]
            self.assertFalse(dataset.data.duplicated(subset=keys).any(), path)
        share = read_sdmx(SITES[0] / "chi-so/share/data.sdmx.csv", validate=False).data[0].data
        told = share[["REF_AREA", "SEX", "FREQ", "TIME_PERIOD", "OBS_KIND", "OBS_VALUE", "OBS_STATUS"]].astype(str).values.tolist()
        self.assertEqual(
            told,
            [
                ["VN", "_T", "M", "2010-01-01/P7M", "actual", "NaN", "A"],
                ["VN", "_T", "A", "2015", "actual", "41.75", "A"],
                ["VN", "_T", "A", "2020", "target", "60", "A"],
                ["VN", "F", "A", "2015", "actual", "39", "A"],
                ["VN-26", "_T", "Q", "2016-Q3", "actual", "44", "E"],
            ],
        )

    def test_no_cell_is_a_formula_and_the_site_has_every_row_once(self):
        rows = []
        for path in files("*.csv", 100):
            with open(path, encoding="utf-8", newline="") as file:
                table = list(rfc4180.reader(file, strict=True))
            self.assertEqual({len(row) for row in table}, {len(table[0])}, path)
            for name, *cells in zip(*table):
                for cell in cells:
                    is_number = name.lower() in {"obs_value", "low", "high", "obs_low", "obs_high", "change_percent", "ci_low", "ci_high"}
                    if is_number and cell:
                        float(cell)
                    else:
                        self.assertFalse(cell.startswith(("=", "+", "-", "@", "\t", "\r")), f"{path}: {cell}")
            if path.name == "data.csv" and path.parent.parent == SITES[0] / "chi-so":
                rows.extend(row[0:3] for row in table[1:])
        with open(SITES[0] / "data/observations.csv", encoding="utf-8", newline="") as file:
            self.assertEqual(sorted(row[0:3] for row in list(rfc4180.reader(file))[1:]), sorted(rows))

    def test_rdflib_finds_every_indicator_in_the_catalogue(self):
        for site in SITES:
            graph = rdflib.Graph().parse(site / "data/catalog.jsonld", format="json-ld")
            datasets = list(graph.subjects(RDF.type, DCAT.Dataset))
            pages = {path.parent.relative_to(site) for path in site.rglob("datapackage.json") if path.parent.name != "data"}
            landing = {str(page) for page in graph.objects(None, DCAT.landingPage)}
            self.assertEqual(len(landing), len(pages))
            [catalog] = graph.subjects(RDF.type, DCAT.Catalog)
            self.assertEqual(set(graph.objects(catalog, DCAT.dataset)), set(datasets))
            for dataset in datasets:
                self.assertTrue(list(graph.objects(dataset, DCTERMS.title)))
                for distribution in graph.objects(dataset, DCAT.distribution):
                    [url] = graph.objects(distribution, DCAT.downloadURL)
                    name = str(url).split("/")[-2:]
                    self.assertTrue(list(site.rglob("/".join(name))), url)

    def test_feedparser_reads_every_feed_and_its_entries_are_told_apart(self):
        self.assertTrue(feedparser.parse("<feed xmlns='http://www.w3.org/2005/Atom'><title>a & b</title></feed>").bozo)
        entries = 0
        for path in files("observations.xml", 50):
            feed = feedparser.parse(path.read_bytes())
            self.assertFalse(feed.bozo, f"{path}: {feed.get('bozo_exception')}")
            self.assertEqual(feed.version, "atom10")
            self.assertTrue(feed.feed.id and feed.feed.title and feed.feed.updated_parsed and feed.feed.author, path)
            self.assertEqual(len({entry.id for entry in feed.entries}), len(feed.entries), path)
            for entry in feed.entries:
                self.assertTrue(entry.title and entry.link and entry.updated_parsed, path)
            entries += len(feed.entries)
        self.assertGreater(entries, 100)

    def test_feedparser_reads_every_rss_feed_and_finds_what_rss_2_asks_for(self):
        entries = 0
        for path in sorted(SITES[-1].rglob("rss.xml")):
            feed = feedparser.parse(path.read_bytes())
            self.assertFalse(feed.bozo, f"{path}: {feed.get('bozo_exception')}")
            self.assertEqual(feed.version, "rss20")
            self.assertTrue(feed.feed.title and feed.feed.link and feed.feed.description and feed.feed.updated_parsed, path)
            self.assertIn(feed.feed.language, ["vi", "en"])
            self.assertEqual(len({entry.id for entry in feed.entries}), len(feed.entries), path)
            for entry in feed.entries:
                self.assertTrue(entry.title and entry.description and entry.published_parsed, path)
                self.assertEqual(entry.id, entry.link)
            entries += len(feed.entries)
        self.assertGreater(entries, 20)

    def test_lxml_reads_every_chart_and_nothing_in_it_leads_elsewhere(self):
        for path in files("chart.svg", 50):
            root = etree.fromstring(path.read_bytes(), etree.XMLParser(no_network=True, resolve_entities=False))
            self.assertEqual(root.tag, "{http://www.w3.org/2000/svg}svg")
            hrefs = root.xpath("//@href | //@*[local-name() = 'href'] | //*[local-name() = 'image' or local-name() = 'script']")
            self.assertEqual([href for href in hrefs if not str(href).startswith("#")], [], path)
            self.assertNotIn(b"@import", path.read_bytes())

    def test_every_sitemap_is_as_its_schema_says(self):
        # The schema of sitemaps.org as the npm package `sitemap` carries it. It takes elements of other namespaces only with
        # their own schemas, so the links between languages are looked at by themselves.
        schema = etree.XMLSchema(etree.parse(ROOT / "tests/browser/node_modules/sitemap/schema/sitemap.xsd"))
        link = "{http://www.w3.org/1999/xhtml}link"
        broken = etree.fromstring('<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><lastmod>2020</lastmod></url></urlset>')
        self.assertFalse(schema.validate(broken))
        for site in SITES:
            root = etree.parse(site / "sitemap.xml").getroot()
            for element in root.iter(link):
                self.assertEqual(sorted(element.keys()), ["href", "hreflang", "rel"])
            etree.strip_elements(root, link, with_tail=False)
            self.assertGreater(len(root), 5)
            self.assertTrue(schema.validate(root), schema.error_log)

    def test_every_zip_is_whole_and_has_the_files_beside_it(self):
        for path in files("data.zip", 50):
            with zipfile.ZipFile(path) as archive:
                self.assertIsNone(archive.testzip(), path)
                names = set(archive.namelist())
                self.assertLessEqual({"README.md", "data.csv", "datapackage.json"}, names)
                for name in names - {"README.md"}:
                    self.assertEqual(archive.read(name), (path.parent / name).read_bytes(), f"{path}: {name}")

    def test_every_json_file_is_json_and_names_files_that_are_there(self):
        for path in files("*.json", 200):
            json.loads(path.read_text(encoding="utf-8"))
        for path in files("metadata.json", 50):
            for file in json.loads(path.read_text(encoding="utf-8"))["files"]:
                self.assertTrue((path.parent / file["url"].rsplit("/", 1)[1]).is_file(), file)


if __name__ == "__main__":
    unittest.main()
