"""Plain PHP templates: WordPress themes, Laminas, one's own. https://www.php.net/manual/en/control-structures.alternative-syntax.php"""

from connectif_kit.build.targets.target import Target

PHP = Target(
    name="php",
    doc="PHP 8 templates; objects and arrays.",
    suffix=".php",
    comment=("<?php /* ", " */ ?>"),
    usage="include 'connectif/{file}';",
    home="connectif, on your include path",
)
