"""Opens the texts that are filled in: pages of HTML, which are escaped, and Markdown, which is not."""

from jinja2 import Environment, PackageLoader, StrictUndefined, Template, select_autoescape

SUFFIX = ".jinja"


def open_template(package: str, name: str) -> Template:
    """Return the template `name` of the folder `templates` of a package; a value that it lacks is an error.

    >>> open_template("address_match.service.evaluation", "page.html").name
    'page.html.jinja'
    """
    environment = Environment(
        loader=PackageLoader(package),
        autoescape=select_autoescape([f"html{SUFFIX}"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    return environment.get_template(name + SUFFIX)
