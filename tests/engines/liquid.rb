# Reads {files, cases} from a JSON file, prints for each case what each way of running the engine makes of it.
require "json"
require "liquid"

input = JSON.parse(File.read(ARGV[0], encoding: "utf-8"))
made = input["cases"].map do |one|
  %i[lax strict].to_h do |mode|
    template = Liquid::Template.parse(input["files"][one["file"]], error_mode: mode)
    [mode, template.render!(one["data"])]
  end
end
puts JSON.generate(made)
