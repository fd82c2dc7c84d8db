"""ERB: Ruby on Rails partials, Middleman, Sinatra. https://docs.ruby-lang.org/en/3.1/ERB.html"""

from connectif_kit.build.targets.target import Target

ERB = Target(
    name="erb",
    doc="ERB; variables are locals, helpers or instance variables.",
    suffix=".html.erb",
    comment=("<%# ", " %>"),
    usage='render "connectif/…"; the file is {file}',
    home="app/views/connectif",
    file=lambda name: "_" + name.replace("-", "_"),
)
