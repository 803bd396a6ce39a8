use super::chance::Chance;

/// Templates by chance: one for itself, one that extends another, two included ones, and one with components, some of
/// them in a theme.
pub(super) fn templates(chance: &mut Chance) -> Vec<(&'static str, String)> {
    let mut writer = Writer { chance, pages: Vec::new(), depth: 0, includes: Vec::new(), blocks: false, loops: 0 };
    let mut templates = vec![("theme/comps.html", writer.components())];
    writer.pages = vec!["page", "section", "config", "page", "x", "v"];
    templates.push(("theme/low.html", writer.body(1)));
    writer.includes = vec!["low.html"];
    templates.push(("theme/high.html", writer.body(1)));
    writer.includes = vec!["low.html", "high.html"];
    writer.blocks = true;
    let (a, b, between) = (writer.body(1), writer.body(1), writer.body(1));
    templates.push((
        "base.html",
        format!(
            "{{% block a %}}{a}{{% endblock %}}{between}{{% block b %}}{b}{{% block c %}}-{{% endblock %}}{{% endblock b %}}"
        ),
    ));
    let mut child = "{% extends \"base.html\" %}".to_owned();
    for block in ["a", "b", "c"] {
        if !writer.chance.is(3) {
            let body = writer.body(2);
            child.push_str(&format!("{{% block {block} %}}{body}{{% endblock %}}\n"));
        }
    }
    templates.push(("child.html", child));
    writer.blocks = false;
    templates.push(("main.html", writer.body(4)));
    if writer.chance.is(3) {
        templates.push(("low.html", writer.simple_body()));
    }
    templates
}

struct Writer<'c> {
    chance: &'c mut Chance,
    /// Names that stand for pages, mostly.
    pages: Vec<&'static str>,
    depth: usize,
    includes: Vec<&'static str>,
    blocks: bool,
    loops: usize,
}

const COMPONENTS: [&str; 4] = ["card", "wrap", "ui.implicit", "again"];

impl Writer<'_> {
    fn components(&mut self) -> String {
        let mut text = String::new();
        for (head, pages) in [
            ("card(p, t=\"none\", @lang=\"\")", vec!["p"]),
            ("wrap(p, q: map={}, ...others)", vec!["p", "q", "others", "body"]),
            ("ui.implicit(@page={}, @x=\"-\", @config)", vec!["page", "x", "config", "section"]),
        ] {
            self.pages = pages;
            let mut body = self.body(2);
            if !head.starts_with("ui") && self.chance.is(3) {
                body.insert_str(0, "{{ <ui.implicit /> }}");
            }
            text.push_str(&format!("{{% component {head} %}}{body}{{% endcomponent %}}\n"));
        }
        self.pages = vec!["p"];
        let shown = self.text(1);
        text + &format!(
            "{{% component again(p) %}}{{{{ {shown} }}}}{{% if p.next %}}{{{{ <again p={{p.next}} /> }}}}{{% endif %}}{{% endcomponent again %}}"
        )
    }

    fn simple_body(&mut self) -> String {
        self.includes.clear();
        self.body(1)
    }

    fn body(&mut self, most: usize) -> String {
        let count = 1 + self.chance.below(most);
        (0..count).map(|_| self.statement()).collect()
    }

    fn nested(&mut self) -> String {
        let blocks = std::mem::take(&mut self.blocks);
        let body = self.body(1);
        self.blocks = blocks;
        body
    }

    fn statement(&mut self) -> String {
        if self.depth > 3 {
            return format!("{{{{ {} }}}}", self.text(1));
        }
        self.depth += 1;
        let statement = match self.chance.below(22) {
            0 => format!("{{% set {} = {} %}}", self.chance.of(&["v", "page", "x"]), self.page(2)),
            1 => format!("{{% set_global {} = {} %}}", self.chance.of(&["v", "x"]), self.page(2)),
            2 => format!("{{% set text %}}{}{{% endset %}}{{{{ text }}}}", self.nested()),
            3 => format!("{{% set v | upper | default(value={}) %}}{}{{% endset %}}", self.page(1), self.nested()),
            4..=7 => self.a_loop(),
            8 => {
                let of = self.page(1);
                format!("{{% for key, x in {of} %}}{{{{ key }}}}{}{{% endfor %}}", self.nested())
            }
            9 => {
                let of = self.list(2);
                let attribute = self.chance.of(&["title", "n", "extra.a"]);
                format!(
                    "{{% for key, group in {of} | group_by(attribute=\"{attribute}\") %}}{{% for x in group %}}{}{{% endfor %}}{{% endfor %}}",
                    self.nested()
                )
            }
            10 | 11 => {
                let (condition, body) = (self.condition(2), self.nested());
                match self.chance.below(3) {
                    0 => format!("{{% if {condition} %}}{body}{{% endif %}}"),
                    1 => format!("{{% if {condition} %}}{body}{{%- else -%}}{}{{% endif %}}", self.nested()),
                    _ => format!(
                        "{{% if {condition} %}}{body}{{% elif {} %}}{}{{% else %}}{}{{% endif %}}",
                        self.condition(1),
                        self.nested(),
                        self.nested()
                    ),
                }
            }
            12 | 13 if !self.includes.is_empty() => format!("{{% include \"{}\" %}}", self.chance.of(&self.includes.clone())),
            14 => format!("{{% filter upper | trim %}}{}{{% endfilter %}}", self.nested()),
            15 => {
                let (p, body) = (self.page(2), self.nested());
                let more = if self.chance.is(2) { format!("more={{ {} }}", self.page(1)) } else { String::new() };
                format!("{{% <wrap p={{{p}}} {more}> %}}{body}{{% </wrap> %}}")
            }
            16 if self.blocks => "{{ super() }}".to_owned(),
            17 if self.blocks => format!("{{% for x in {} %}}{{{{ super() }}}}{{% endfor %}}", self.list(1)),
            18 => "{# nothing {{ page }} #}{% raw %}{{ page }}{% endraw %}".to_owned(),
            _ => format!("{{{{ {} }}}}", self.text(2)),
        };
        self.depth -= 1;
        statement
    }

    fn a_loop(&mut self) -> String {
        let of = self.list(3);
        let name = self.chance.of(&["x", "x", "y", "page"]);
        self.pages.push(name);
        self.loops += 1;
        let mut body = self.nested();
        if self.chance.is(5) {
            let leave = self.chance.of(&["break", "continue"]);
            body = format!("{{% if {} %}}{{% {leave} %}}{{% endif %}}{body}", self.condition(1));
        }
        self.loops -= 1;
        self.pages.pop();
        let otherwise = if self.chance.is(4) { format!("{{% else %}}{}", self.nested()) } else { String::new() };
        format!("{{% for {name} in {of} %}}{body}{otherwise}{{% endfor %}}")
    }

    fn name(&mut self) -> &'static str {
        self.chance.of(&self.pages)
    }

    /// A path: a name with fields and items, for which `.` and `[ ]` are written by chance.
    fn path(&mut self, last: &str) -> String {
        let mut path = self.name().to_owned();
        while self.chance.is(4) {
            path.push_str(self.chance.of(&[".next", "?.next", "[\"next\"]", ".pages[0]", "?[\"next\"]", ".pages?[1]", ".extra"]));
        }
        let dot = self.chance.of(&[".", ".", "?."]);
        if last.is_empty() { path } else { format!("{path}{dot}{last}") }
    }

    fn page(&mut self, depth: usize) -> String {
        if depth == 0 {
            return self.path("");
        }
        let less = depth - 1;
        match self.chance.below(17) {
            0 => format!("{} or {}", self.page(less), self.page(less)),
            1 => format!("({} if {} else {})", self.page(less), self.condition(less), self.page(less)),
            2 => format!("{} | first", self.list(less)),
            3 => format!("{} | last", self.list(less)),
            4 => format!("({})[{}]", self.list(less), self.chance.of(&["0", "1", "-1", "number", "key"])),
            5 => format!("{} | nth(n={})", self.list(less), self.chance.of(&["0", "2", "number"])),
            6 => format!("{} | default(value={})", self.path("next"), self.page(less)),
            7 => format!("{} | default(value={}, boolean=true)", self.path("next"), self.page(less)),
            8 => format!("{}(of={})", self.chance.of(&["get_a", "get_b"]), self.text(less)),
            9 => format!("get_a()[{}]", self.chance.of(&["\"next\"", "key"])),
            10 => format!("{{...{}, \"title\": {} }}", self.page(less), self.text(less)),
            11 => format!("{{\"title\": {}, \"next\": {}, 1: {} }}", self.text(less), self.page(less), self.page(less)),
            12 => format!(
                "{} | get(key={}, default={})",
                self.page(less),
                self.chance.of(&["\"next\"", "\"title\"", "key"]),
                self.page(less)
            ),
            13 => format!("{}[key]", self.name()),
            14 => format!("{}[key if {} else \"next\"]", self.name(), self.condition(less)),
            _ => self.path("next"),
        }
    }

    fn list(&mut self, depth: usize) -> String {
        if depth == 0 {
            return self.path("pages");
        }
        let less = depth - 1;
        match self.chance.below(24) {
            0 => format!(
                "({})[{}]",
                self.list(less),
                self.chance.of(&[":1", ":2", "1:", "1:2", "-1:", "::-1", ":number", "::2", "0:2:1", ":-1"])
            ),
            1 => format!("({})[:{}]", self.list(less), self.chance.below(3)),
            2 => format!("{} | slice(end={})", self.list(less), self.chance.of(&["1", "2", "number", "-1"])),
            3 => format!("{} | slice(start=1, end=2)", self.list(less)),
            4 => format!("{} | reverse", self.list(less)),
            5 => format!("{} | sort(attribute=\"{}\")", self.list(less), self.chance.of(&["title", "n", "extra.b", "tags.0"])),
            6 => format!("{} | filter(attribute=\"title\", value={})", self.list(less), self.text(less)),
            7 => format!("{} | filter(attribute=\"{}\")", self.list(less), self.chance.of(&["next", "extra.a"])),
            8 => format!("{} | unique(attribute=\"title\")", self.list(less)),
            9 => format!("{} | concat(with={})", self.list(less), self.list(less)),
            10 => format!("{} | concat(with={})", self.list(less), self.page(less)),
            11 => format!("[{}, {}]", self.page(less), self.page(less)),
            12 => format!("[...{}, {}]", self.list(less), self.page(less)),
            13 => format!("[x for x in {} if {}]", self.list(less), self.condition(less)),
            14 => format!("[{} for x in {}]", self.page(less), self.list(less)),
            15 => format!("{} | map(attribute=\"{}\")", self.list(less), self.chance.of(&["next", "pages.0", "extra"])),
            16 => format!("{}(of={})[\"pages\"]", self.chance.of(&["get_a", "get_b"]), self.text(less)),
            17 => format!("{} | group_by(attribute=\"title\") | values | first", self.list(less)),
            18 => format!("{} | values", self.page(less)),
            19 => format!("{} | shuffle", self.list(less)),
            20 => format!("{} | unique", self.list(less)),
            _ => self.path("pages"),
        }
    }

    fn text(&mut self, depth: usize) -> String {
        if depth == 0 {
            return match self.chance.below(6) {
                0 => "\"x\"".to_owned(),
                1 => self.path("n"),
                2 => self.path("extra.a"),
                _ => self.path("title"),
            };
        }
        let less = depth - 1;
        match self.chance.below(34) {
            0 => format!("{} ~ {}", self.text(less), self.text(less)),
            1 => format!("{} | upper", self.text(less)),
            2 => format!("{} | default(value=\"z\")", self.path("title")),
            3 => format!("{} | join(sep={})", self.path("tags"), self.text(less)),
            4 => format!("{} | length", self.list(less)),
            5 => format!("{} | length", self.text(less)),
            6 => format!("{} | length", self.page(less)),
            7 => self.path("tags[0]"),
            8 => self.path("tags[1:]"),
            9 => format!("{}[key]", self.name()),
            10 => format!("{} + 1", self.path("n")),
            11 => format!("{} * {}", self.path("n"), self.path("n")),
            12 => format!("{} | map(attribute=\"title\") | join(sep=\",\")", self.list(less)),
            13 => format!("{} in {}", self.text(less), self.path("tags")),
            14 => format!("{} == {}", self.text(less), self.text(less)),
            15 => format!("{} | keys | join(sep=\",\")", self.page(less)),
            16 => self.page(less),
            17 => format!("({} | pairs)[0][{}]", self.page(less), self.chance.below(2)),
            18 => format!("{} | get(key=\"title\", default={})", self.page(less), self.text(less)),
            19 => format!(
                "{} is {}",
                self.page(less),
                self.chance.of(&["defined", "none", "map", "not undefined", "string", "iterable", "containing(pat=\"title\")"])
            ),
            20 if self.loops > 0 => format!("loop.{}", self.chance.of(&["index", "index0", "first", "last", "length"])),
            21 => "get_random(end=9)".to_owned(),
            22 => "lang".to_owned(),
            23 => format!("{} | safe", self.text(less)),
            24 => format!("{} | json_encode", self.page(less)),
            25 => format!("-{}", self.path("n")),
            26..=29 => self.component(less),
            30 => format!("({}).title", self.page(less)).replace(").title", ")[\"title\"]"),
            31 => format!("{} if {} else {}", self.text(less), self.condition(less), self.text(less)),
            _ => self.path("title"),
        }
    }

    fn component(&mut self, depth: usize) -> String {
        let name = self.chance.of(&COMPONENTS);
        let arguments = match name {
            "card" => match self.chance.below(3) {
                0 => format!("p={{ {} }} t={{ {} }}", self.page(depth), self.text(depth)),
                1 => format!("p={{ {} }} lang=\"x\"", self.page(depth)),
                _ => format!("p={{ {} }}", self.page(depth)),
            },
            "wrap" => match self.chance.below(4) {
                0 => format!("p={{ {} }} q={{ {} }}", self.page(depth), self.page(depth)),
                1 => format!("p={{ {} }} next={{ {} }}", self.page(depth), self.page(depth)),
                2 => format!("{{...{} }} p=\"p\"", self.page(depth)),
                _ => format!("p={{ {} }}", self.page(depth)),
            },
            "again" => format!("p={{ {} }}", self.page(depth)),
            _ => match self.chance.below(3) {
                0 => format!("page={{ {} }}", self.page(depth)),
                1 => format!("x={{ {} }}", self.page(depth)),
                _ => String::new(),
            },
        };
        format!("<{name} {arguments} />")
    }

    fn condition(&mut self, depth: usize) -> String {
        if depth == 0 {
            let last = self.chance.of(&["title", "n", "next", "pages", ""]);
            return self.path(last);
        }
        let less = depth - 1;
        match self.chance.below(11) {
            0 => format!("{} and {}", self.condition(less), self.condition(less)),
            1 => format!("{} or {}", self.condition(less), self.condition(less)),
            2 => format!("not {}", self.condition(less)),
            3 => format!("{} > 1", self.path("n")),
            4 => format!("{} | length > 1", self.list(less)),
            5 => format!("{} is defined", self.path("next")),
            6 => format!("{} == {}", self.text(less), self.text(less)),
            7 => format!("key not in {}", self.page(less)),
            8 => self.list(less),
            _ => self.page(less),
        }
    }
}
