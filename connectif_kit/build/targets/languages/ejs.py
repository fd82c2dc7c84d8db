"""EJS: Express, Hexo. https://ejs.co/#docs"""

from connectif_kit.build.targets.target import Target

EJS = Target(
    name="ejs",
    doc="EJS: Express, Hexo.",
    suffix=".ejs",
    comment=("<%# ", " %>"),
    usage="include('connectif/{file}')",
    home="views/connectif",
)
