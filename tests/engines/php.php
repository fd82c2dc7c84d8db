<?php // Reads {files, cases} from a JSON file, prints for each case what arrays and objects make of it.
declare(strict_types=1);
error_reporting(E_ALL);
set_error_handler(static fn (int $number, string $said) => throw new ErrorException($said));

function rendered(string $path, array $data): string
{
    ob_start();
    (static function (string $kit_path, array $kit_data): void {
        extract($kit_data);
        include $kit_path;
    })($path, $data);
    return ob_get_clean();
}

function dated(mixed $value): mixed
{
    if (is_object($value)) {
        return isset($value->{'$date'}) ? new DateTimeImmutable($value->{'$date'}) : (object) array_map('dated', (array) $value);
    }
    if (is_array($value)) {
        return isset($value['$date']) ? new DateTimeImmutable($value['$date']) : array_map('dated', $value);
    }
    return $value;
}

$input = json_decode(file_get_contents($argv[1]), true, 512, JSON_THROW_ON_ERROR);
$folder = sys_get_temp_dir() . '/kit-php-' . getmypid();
mkdir($folder);
$made = [];
foreach ($input['files'] as $name => $text) {
    file_put_contents("$folder/$name", $text);
}
foreach ($input['cases'] as $case) {
    $objects = (array) json_decode(json_encode((object) $case['data']));
    $path = "$folder/{$case['file']}";
    $made[] = ['arrays' => rendered($path, dated($case['data'])), 'objects' => rendered($path, array_map('dated', $objects))];
}
array_map('unlink', glob("$folder/*"));
rmdir($folder);
echo json_encode($made, JSON_THROW_ON_ERROR);
