//! What templates and bodies are put together from.

/// Works in every template.
pub const ANYWHERE: &[&str] = &[
    "{{ config.title }} {{ config.base_url }} {{ config.mode }} {{ config.description }}",
    "{{ config.extra.show }} {{ config.extra.both.a }}",
    "{{ config.languages | keys | join(sep=',') }} {{ config.generate_feeds }} {{ config.markdown.smart_punctuation }}",
    "{{ current_url | default(value='nowhere') }} {{ current_path | default(value='nowhere') }} {{ lang }}",
    "{% for t in translations | default(value=[]) %}<link hreflang=\"{{ t.lang }}\" href=\"{{ t.permalink }}\">{% endfor %}",
    "{% if home %}<a href=\"{{ home.permalink }}\">{{ home.title }}</a>{% endif %}",
    "{% include \"parts/nav.html\" %}",
    "{{ <badge text={config.title} /> }}",
    "{{ <badge text=\"fixed\" /> }}",
    "{{ trans(key='hello', name='Lan') }} {{ trans(key='items', n=2) }}",
    "{{ trans(key='only_default') }}",
    "{{ get_url(path='app.js', cachebust=true) }} {{ get_hash(path='app.js', sha_type=256) }}",
    "{{ get_url(path='@/news/a.md') }}",
    "{{ get_taxonomy_url(kind='topics', term='Alpha', required=false) }}",
    "{% set p = get_page(path='news/a.md', allow_missing=true) %}{% if p %}<b>{{ p.title }}</b>{% endif %}",
    "{% set p = get_page(path='news/b.md', allow_missing=true) %}{% if p %}{{ p.content | striptags | truncate(length=40) }}{% endif %}",
    "{% set p = get_page(path='news/c.md') %}{{ p.title }} {{ p.extra.note | default(value='-') }}",
    "{% set s = get_section(path='news/_index.md', allow_missing=true) %}{% if s %}{% for p in s.pages | slice(end=2) %}<i>{{ p.title }} {{ p.date }}</i>{% endfor %}{% endif %}",
    "{% set s = get_section(path='news/deep/_index.md', allow_missing=true) %}{% if s %}{{ s.pages | length }} {{ s.title }}{% endif %}",
    "{% set s = get_section(path='news/_index.md', metadata_only=true, allow_missing=true) %}{% if s %}{{ s.title }} {{ s.extra.note | default(value='-') }}{% endif %}",
    "{% set t = get_taxonomy(kind='topics', required=false) %}{% if t %}{% for i in t.items %}{{ i.name }} {{ i.page_count }} {% endfor %}{% endif %}",
    "{% set t = get_taxonomy_term(kind='topics', term='Alpha', required=false) %}{% if t %}{% for p in t.pages | slice(end=3) %}<em>{{ p.title }}</em>{% endfor %}{% endif %}",
    "{% set d = load_data(path='data/rates.json', required=false) %}{% if d %}{{ d.usd }} {{ d.list | length }}{% endif %}",
    "{% set d = load_data(path='data/rates.json') %}{{ d.usd }}",
    "{% set d = load_data(path='table.csv', required=false) %}{% if d %}{{ d.records | length }}{% endif %}",
    "{{ load_data(path='content/news/a.md', format='plain', required=false) | str | length }}",
    "{% set d = load_data(url='https://data.example/a.json', format='json', required=false) %}{% if d %}{{ d.n }}{% endif %}",
    "{% set i = resize_image(path='pic.png', width=4, height=3, op='fill') %}{{ i.url }} {{ i.width }}",
    "{% set i = resize_image(path='pic.png', width=3, op='fit_width', format='webp') %}{{ i.url }}",
    "{% set m = get_image_metadata(path='pic.png', allow_missing=true) %}{% if m %}{{ m.width }}x{{ m.height }}{% endif %}",
    "{{ now() | date(format='%Y-%m-%d %H:%M:%S') }}",
    "{{ now(utc=true) | date(format='%Y') }} {{ now(timezone='Asia/Ho_Chi_Minh') | date(format='d MMMM') }}",
    "{{ get_random(end=1000) }} {{ get_random(end=1000) }}",
    "{{ '**bold** [a](@/news/a.md)' | markdown(inline=true) | safe }}",
    "{{ 1500.25 | num_format }} {{ '2017-03-05' | date(format='%A %d %B') }}",
];

/// Works in a template that has a `page`.
pub const OF_PAGE: &[&str] = &[
    "<h1>{{ page.title | default(value=page.slug) }}</h1>",
    "<article>{{ page.content | safe }}</article>",
    "{{ page.permalink }} {{ page.path }} {{ page.slug }} {{ page.relative_path }}",
    "{{ page.date | default(value='') }} {{ page.updated | default(value='') }} {{ page.year | default(value='') }}",
    "{{ page.description | default(value='') }} {{ page.authors | join(sep=',') }} {{ page.weight | default(value='') }}",
    "{{ page.summary | default(value='') | safe }} {{ page.word_count }} {{ page.reading_time }}",
    "{% if page.lower %}<a rel=\"prev\" href=\"{{ page.lower.permalink }}\">{{ page.lower.title }}</a>{% endif %}{% if page.higher %}<a rel=\"next\" href=\"{{ page.higher.permalink }}\">{{ page.higher.title }}</a>{% endif %}",
    "{% for t in page.translations %}<a hreflang=\"{{ t.lang }}\" href=\"{{ t.permalink }}\">{{ t.title | default(value='') }}</a>{% endfor %}",
    "{% for b in page.backlinks %}<a href=\"{{ b.permalink }}\">{{ b.title | default(value='') }}</a>{% endfor %}",
    "{% for a in page.ancestors %}{{ a }} {% set s = get_section(path=a, allow_missing=true) %}{% if s %}{{ s.title | default(value='') }}{% endif %}{% endfor %}",
    "{% for h in page.toc %}{{ h.id }}:{{ h.title }}{% for c in h.children %}>{{ c.title }}{% endfor %};{% endfor %}",
    "{% for a in page.assets %}<a href=\"{{ a }}\">{{ a }}</a>{% endfor %}",
    "{{ page.extra.note | default(value='-') }} {{ page.extra | json_encode }}",
    "{% for t in page.taxonomies?.topics | default(value=[]) %}<a href=\"{{ get_taxonomy_url(kind='topics', term=t) }}\">{{ t }}</a>{% endfor %}",
    "{% for t in page.taxonomies?.topics | default(value=[]) %}{% set term = get_taxonomy_term(kind='topics', term=t, required=false) %}{% if term %}{% for p in term.pages | slice(end=3) %}<li>{{ p.title | default(value='') }}</li>{% endfor %}{% endif %}{% endfor %}",
    "{{ page.components | json_encode }} {{ page.draft }}",
    "{% if page.image %}{{ page.image.address }} {{ page.image.srcset }} {{ page.image.alt }} {{ page.image.caption }}{% for s in page.image.sources %}{{ s.srcset }}{% endfor %}{% endif %}",
    "{% if page.image %}{{ page.image.width }} {{ page.image.alt }}{% endif %}",
    "{% if page.extra.picture %}{% set i = resize_image(path=page.extra.picture, width=2, height=2) %}{{ i.url }}{% endif %}",
];

/// Works in a page of a portal.
pub const OF_ARTICLE: &[&str] = &[
    "{% for m in page.metrics | default(value=[]) %}<data>{{ m.indicator.title }} {{ m.period }} {{ m.text }} {{ m.area }}{% if m.change %} {{ m.change.text }}{% endif %}</data>{% endfor %}",
    "{% if page.indicator %}{% if page.indicator.latest %}{{ page.indicator.latest.text }}{% endif %}{% for c in page.indicator.charts %}{{ c.figure | safe }}{% endfor %}{% endif %}",
    "{% if page.indicator %}{% for r in page.indicator.rows %}<tr>{{ r.period }} {{ r.text }} {{ r.superseded }} {{ r.article.title }}</tr>{% endfor %}{{ page.indicator.period_range }}{% endif %}",
    "{% if page.indicator %}{{ page.indicator.unit_label }} {{ page.indicator.sparkline | safe }}{% for a in page.indicator.articles %}{{ a.title | default(value='') }}{% endfor %}{% endif %}",
    "{% for m in page.metrics | default(value=[]) %}{{ m.breakdown }}{{ m.area }}{% if m.interval %}{{ m.interval.text }}{% endif %}{% if m.revision %}{{ m.revision.note }}{% endif %}{% endfor %}",
    "{% if page.indicator %}{% for c in page.indicator.computed %}{{ c.label }} {{ c.text }};{% endfor %}{{ page.indicator.progress | default(value='') }}{% for b in page.indicator.breaks %}{{ b.note }}{% endfor %}{% for p in page.indicator.parts %}{{ p.title }}{% endfor %}{% endif %}",
    "{% set i = get_indicator(id='users') %}{% for c in i.indicator.computed %}{{ c.text }};{% endfor %}",
    "{% for i in get_indicators(area='VN-26') %}{{ i.title }} {% endfor %}{% for i in get_indicators() %}{{ i.indicator.unit_label }}{% endfor %}",
    "{{ 5 | quantity(indicator='revenue') }} {{ '2016-Q3' | period }} {{ 1234.5 | number }}",
    "{% set i = get_indicator(id='revenue') %}{% if i.indicator.latest %}{{ i.indicator.latest.text }}{% endif %} {{ i.indicator.unit_label }}",
];

/// Works in a template that has a `section`.
pub const OF_SECTION: &[&str] = &[
    "<h1>{{ section.title | default(value='') }}</h1>",
    "{{ section.content | safe }}",
    "{% for p in section.pages %}<a href=\"{{ p.permalink }}\">{{ p.title | default(value=p.slug) }}</a>{% endfor %}",
    "{% for p in section.pages %}{{ p.date | default(value='') }} {{ p.extra.note | default(value='') }} {{ p.taxonomies | json_encode }}{% endfor %}",
    "{% for p in section.pages %}{{ p.content | striptags | truncate(length=30) }}{% endfor %}",
    "{% for p in section.pages %}{% if p.summary %}{{ p.summary | safe }}{% endif %}{{ p.word_count }}{% endfor %}",
    "{% if paginator %}{{ paginator.current_index }}/{{ paginator.number_pagers }} {% for p in paginator.pages %}[{{ p.title | default(value=p.slug) }}]{% endfor %}{{ paginator.next | default(value='') }}{% endif %}",
    "{% for s in section.subsections %}{% set sub = get_section(path=s) %}{{ sub.title | default(value='') }} {{ sub.pages | length }} {{ sub.permalink }}{% endfor %}",
    "{% for t in section.translations %}{{ t.lang }} {{ t.permalink }} {{ t.title | default(value='') }}{% endfor %}",
    "{{ section.path }} {{ section.relative_path }} {{ section.ancestors | json_encode }} {{ section.extra | json_encode }}",
    "{{ section.transparent }} {{ section.generate_feeds }} {% for b in section.backlinks %}{{ b.permalink }}{% endfor %} {% for a in section.assets %}{{ a }}{% endfor %}",
    "{% for p in section.pages %}{% if p.image %}{{ p.image.address }}{% endif %}{% endfor %}",
    "{% for p in section.pages %}{% if p.lower %}{{ p.lower.title | default(value='') }}{% endif %}{% endfor %}",
    "{% set groups = section.pages | group_by(attribute='slug') %}{{ groups | length }} {% for p in section.pages %}{{ p.year | default(value='') }}{% endfor %}",
];

/// Works in the template of a term.
pub const OF_TERM: &[&str] = &[
    "<h1>{{ term.name }} {{ term.slug }} {{ term.page_count }}</h1>",
    "{% for p in term.pages %}[{{ p.title | default(value=p.slug) }}]{% endfor %}",
    "{% for p in term.pages | slice(end=2) %}{{ p.content | striptags }}{% endfor %}",
    "{% if paginator %}{{ paginator.current_index }}/{{ paginator.number_pagers }} {% for p in paginator.pages %}({{ p.title | default(value=p.slug) }}){% endfor %}{% endif %}",
    "{{ taxonomy.name }} {{ term.permalink }}",
];

/// Works in the template of a taxonomy's list.
pub const OF_LIST: &[&str] = &[
    "{% for t in terms %}{{ t.name }} {{ t.page_count }} {{ t.permalink }};{% endfor %}",
    "{% for t in terms %}{% for p in t.pages | slice(end=1) %}{{ p.title | default(value='') }}{% endfor %}{% endfor %}",
    "{{ taxonomy.name }} {{ terms | length }}",
];

/// Paragraphs of content of every site.
pub const BODY: &[&str] = &[
    "Some plain words about nothing.",
    "Một đoạn văn tiếng Việt, có “dấu” và -- gạch...",
    "## Part {#part}\n\nWords below it.",
    "### Deeper\n\n- one\n- two\n",
    "A summary before. <!-- more --> And after.",
    "See [a](@/news/a.md) and [its part](@/news/a.md#part).",
    "See [b](@/news/b.md#part).",
    "See [c](@/news/c.md), [the section](@/news/_index.md) and [x](@/docs/x/index.md).",
    "Broken: [nothing](@/news/nothing.md).",
    "Out: [there](https://else.example/x?a=1&b=2) <https://else.example>.",
    "A picture: ![pic](pic.png)",
    "![pic](/pic.png \"A caption\")",
    "Pictures: ![](/pic.png), ![-](@/docs/x/pic.png), ![pic](https://tin.example/pic.png).",
    "```rust\nfn main() { println!(\"{}\", 1 + 1); }\n```",
    "```python,linenos\nx = [i for i in range(3)]\n```",
    "```nosuchlanguage\na b\n```",
    "`{{ code }}` and *more*.",
    "{% if page %}Title: {{ page.title | default(value='none') }}{% endif %}, {{ config.extra.show }}, {{ lang }}.",
    "{% set p = get_page(path='news/b.md', allow_missing=true) %}{% if p %}B is {{ p.title }} of {{ p.date | default(value='?') }}.{% endif %}",
    "{% set p = get_page(path='news/d.md') %}D is {{ p.title }}.",
    "{% set s = get_section(path='news/_index.md', allow_missing=true) %}{% if s %}{{ s.pages | length }} pages.{% endif %}",
    "{% set t = get_taxonomy_term(kind='topics', term='Alpha', required=false) %}{% if t %}{{ t.page_count }} of Alpha.{% endif %}",
    "{% set d = load_data(path='data/rates.json', required=false) %}{% if d %}One dollar is {{ d.usd }}.{% endif %}",
    "{{ <badge text=\"in content\" /> }} and words.",
    "{% <box> %}**bold** in a box{% </box> %}",
    "{{ <latest /> }}",
    "{% if page %}{{ <card page={page} /> }}{% endif %}",
    "{% set s = get_section(path='news/_index.md', allow_missing=true) %}{% for p in s?.pages | default(value=[]) %}{{ p.slug }} {% endfor %}",
    "{{ get_url(path='app.js', cachebust=true) }}",
    "{% set i = resize_image(path='pic.png', width=2, height=2) %}{{ i.url }}",
    "{{ trans(key='hello', name='Lan') }} {{ trans(key='only_default') }}",
    "{{ now() | date(format='%Y-%m-%d %H:%M:%S') }}",
    "{{ get_random(end=50) }} {{ get_random(end=50) }}",
    "A note.[^1]\n\n[^1]: The note.",
    "| a | b |\n|---|--:|\n| 1 | 2 |",
    "> [!NOTE]\n> Look here.",
    "Smile :smile: <b>raw</b> \"quoted\" -- dash",
    "Term\n: its meaning",
    "{{ nothing.at.all }}",
];

/// Paragraphs of an article of a portal.
pub const NUMBERS: &[&str] = &[
    "It was {{ metric(indicator=\"revenue\", time_period=\"2016\") }}.",
    "{{ metric(indicator=\"users\") }} in all.",
    "{{ chart(indicator=\"revenue\") }}",
    "{{ chart(indicator=\"users\") }}",
];

/// Works in every template, and reaches what it shows by ways that are hard to follow.
pub const ANYWHERE_HIDDEN: &[&str] = &[
    "{% set path = 'news/' ~ 'b' ~ '.md' %}{% set p = get_page(path=path, allow_missing=true) %}{{ p?.content | default(value='') | striptags }}",
    "{% set t = get_taxonomy(kind='topics', required=false) %}{% if t %}{{ t.items | map(attribute='name') | join(sep=',') }}{% endif %}",
    "{% set t = get_taxonomy(kind='topics', required=false) %}{% if t %}{% for i in t.items %}{% for p in i.pages %}{{ p.content | striptags | length }}{% endfor %}{% endfor %}{% endif %}",
    "{{ <latest /> }}",
    "{% set p = get_page(path='news/a.md', lang=config.default_language, allow_missing=true) %}{{ p?.title | default(value='') }}",
    "{% for code, language in config.languages %}{{ code }}{{ language.title | default(value='') }}{{ language.translations | json_encode }}{% endfor %}",
    "{{ config.extra | json_encode }} {{ config.extra['show'] }} {{ config | json_encode | length }}",
    "{{ __tera_context | length }}",
    "{% set s = get_section(path='news/_index.md', allow_missing=true) %}{% if s %}{{ s | json_encode | length }}{% endif %}",
    "{% set s = get_section(path='_index.md', allow_missing=true) %}{{ s?.title | default(value='') }}{% for p in s?.pages | default(value=[]) %}{{ p.summary | default(value='') | safe }}{% endfor %}",
    "{{ get_hash(path='site.css') }}",
    "{{ get_url(path='docs/x/beside.txt', cachebust=true) }}",
    "{{ load_data(path='docs/x/beside.txt', required=false) }}",
];

/// Works in a template that has a `page`.
pub const PAGE_HIDDEN: &[&str] = &[
    "{{ page['title'] | default(value='') }} {% set key = 'note' %}{{ page.extra[key] | default(value='') }}",
    "{% set key = 'description' %}{{ page[key] | default(value='') }}",
    "{% set p = page %}{% set q = p %}{{ q.content | striptags | length }}",
    "{% for p in [page] %}{{ p.title | default(value='') }}{% endfor %}",
    "{{ page | json_encode | length }}",
    "{% for k, v in page %}{{ k }}{% endfor %}",
    "{{ page.lower?.title | default(value='') }} {{ page.higher?.content | default(value='') | striptags }}",
    "{{ <card page={page} /> }}",
    "{{ page | get(key='title', default='') }}",
    "{% set other = page.lower if page.lower else page %}{{ other.title | default(value='') }}{{ other.content | length }}",
    "{% set_global found = page.content %}{{ found | default(value='') | striptags | truncate(length=20) }}",
    "{% if page.content %}has text{% endif %}{% if page.summary %}has summary{% endif %}",
    "{% set text %}{{ page.title | default(value='') }} {{ page.content | striptags }}{% endset %}{{ text | upper }}",
    "{% include \"parts/about_page.html\" %}",
    "{% filter upper %}{{ page.summary | default(value='') }}{% endfilter %}",
    "{% set page = get_page(path='news/a.md', allow_missing=true) %}{% if page %}{{ page.content | striptags }}{% endif %}",
    "{{ page.assets | length }}{% if page.assets %}{{ get_url(path=page.assets[0]) }}{% endif %}",
];

/// Works in a template that has a `section`.
pub const SECTION_HIDDEN: &[&str] = &[
    "{{ section.pages | map(attribute='title') | join(sep=',') }}",
    "{% for p in section.pages | sort(attribute='slug') | reverse %}{{ p.content | striptags | length }}{% endfor %}",
    "{% if section.pages %}{% set p = section.pages | first %}{{ p.content | striptags }}{% set last = section.pages | last %}{{ last.summary | default(value='') }}{% endif %}",
    "{% for p in section.pages %}{{ <card page={p} /> }}{% endfor %}",
    "{% for page in section.pages %}{% include \"parts/about_page.html\" %}{% endfor %}",
    "{% for p in section.pages %}{% set_global shown = p.content %}{% endfor %}{{ shown | default(value='') | striptags }}",
    "{{ section.pages | json_encode | length }} {{ section | json_encode | length }}",
    "{% for slug, group in section.pages | group_by(attribute='slug') %}{{ slug }}{% for p in group %}{{ p.title }}{% endfor %}{% endfor %}",
    "{% for p in section.pages %}{% for q in p.backlinks %}{{ q.title | default(value='') }}{% endfor %}{{ p.higher?.title | default(value='') }}{% endfor %}",
    "{% for p in section.pages | slice(start=1, end=3) %}{{ loop.index }}{{ p.toc | length }}{% endfor %}",
    "{% for s in section.subsections %}{% set s = get_section(path=s) %}{% for p in s.pages %}{{ p.content | length }}{% endfor %}{% endfor %}",
    "{% set list = [] %}{% for p in section.pages %}{% set_global list = list | concat(with=p.title) %}{% endfor %}{{ list | join(sep='|') }}",
    "{% set at = 0 %}{{ section.pages[at]?.title | default(value='none') }}",
    "{% for p in section.pages %}{% if loop.last %}{{ p.description | default(value='') }}{{ p.reading_time }}{% endif %}{% endfor %}",
];
