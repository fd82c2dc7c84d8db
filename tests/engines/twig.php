<?php // Reads {files, cases} from a JSON file, prints for each case what each way of running the engine makes of it.
declare(strict_types=1);
error_reporting(E_ALL & ~E_DEPRECATED);
require 'Twig/autoload.php';

$input = json_decode(file_get_contents($argv[1]), true, 512, JSON_THROW_ON_ERROR);
function dated(mixed $value): mixed
{
    return !is_array($value) ? $value : (isset($value['$date']) ? new DateTimeImmutable($value['$date']) : array_map('dated', $value));
}
$loader = new Twig\Loader\ArrayLoader($input['files']);
$modes = [
    'escaping' => new Twig\Environment($loader, ['autoescape' => 'html', 'strict_variables' => true]),
    'plain' => new Twig\Environment($loader, ['autoescape' => false]),
];
$made = array_map(
    static fn (array $case) => array_map(static fn ($twig) => $twig->render($case['file'], dated($case['data'])), $modes),
    $input['cases'],
);
echo json_encode($made, JSON_THROW_ON_ERROR);
