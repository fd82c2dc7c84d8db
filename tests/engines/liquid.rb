# Reads {files, cases} from a JSON file, prints for each case what each way of running the engine makes of it.
require "json"
require "liquid"
require "time"

def dates(value)
  case value
  when Hash then value.key?("$date") ? Time.iso8601(value["$date"]) : value.transform_values { |each| dates(each) }
  when Array then value.map { |each| dates(each) }
  else value
  end
end

input = JSON.parse(File.read(ARGV[0], encoding: "utf-8"))
made = input["cases"].map do |one|
  %i[lax strict].to_h do |mode|
    template = Liquid::Template.parse(input["files"][one["file"]], error_mode: mode)
    [mode, template.render!(dates(one["data"]))]
  end
end
puts JSON.generate(made)
