"""A scheme's official text as one page of HTML, to be read or printed."""

from __future__ import annotations

from jinja2 import Environment, StrictUndefined

from sisiwu.engine.show import Document

PAGE = """<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{ document.title }}</title>
<style>
body { max-width: 920px; margin: 0 auto; padding: 24px 18px 60px; color: #222; line-height: 1.75;
  font-family: "Noto Serif CJK SC", "Source Han Serif SC", "SimSun", serif; }
h1 { text-align: center; font-size: 25px; color: #9e1b20; border-bottom: 3px solid #9e1b20; padding-bottom: 14px; }
h2 { font-size: 18px; margin: 28px 0 6px; }
p { margin: 4px 0; text-indent: 2em; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: 14px; margin-top: 8px; }
th, td { border: 1px solid #8a817c; padding: 5px 8px; text-align: left; vertical-align: top; min-width: 5em; }
th { background: #f3e9e7; }
td:nth-child(3) { min-width: 16em; }
@media print { body { padding: 0; } tr { break-inside: avoid; } h2 { break-after: avoid; } }
</style>
</head>
<body>
<h1>{{ document.title }}</h1>
{% for section in document.sections %}
<h2>{{ section.heading }}</h2>
{% for paragraph in section.paragraphs %}<p>{{ paragraph }}</p>
{% endfor %}
{% if section.table %}<div class="scroll"><table>
<thead><tr>{% for heading in section.table.headings %}<th scope="col">{{ heading }}</th>{% endfor %}</tr></thead>
<tbody>
{% for row in section.table.rows %}<tr>{% for cell in row %}<td>{{ cell }}</td>{% endfor %}</tr>
{% endfor %}</tbody></table></div>
{% endif %}
{% endfor %}
</body>
</html>
"""


def as_page(document: Document) -> str:
    """The text as HTML; nothing is loaded from anywhere."""
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    return environment.from_string(PAGE).render(document=document)
