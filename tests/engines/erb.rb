# Reads {files, cases} from a JSON file, prints for each case what each way of running the engine makes of it:
# with locals and text keys, with instance variables and symbols, with objects that have methods.
require "erb"
require "json"
require "ostruct"
require "time"

View = Class.new { def here = binding }

def with_locals(text, data)
  ERB.new(text).result_with_hash(data.transform_keys(&:to_sym))
end

def with_instance_variables(text, data)
  view = View.new
  data.each { |name, value| view.instance_variable_set("@#{name}", value) }
  ERB.new(text, trim_mode: "-").result(view.here)
end

def dates(value)
  case value
  when Hash
    moment = value["$date"] || value[:$date]
    moment ? Time.iso8601(moment) : value.transform_values { |each| dates(each) }
  when Array then value.map { |each| dates(each) }
  else value
  end
end

def objects(value)
  case value
  when Hash then OpenStruct.new(value.transform_values { |each| objects(each) })
  when Array then value.map { |each| objects(each) }
  else value
  end
end

input = JSON.parse(File.read(ARGV[0], encoding: "utf-8"))
made = input["cases"].map do |one|
  text = input["files"][one["file"]]
  data = dates(one["data"])
  symbols = dates(JSON.parse(JSON.generate(one["data"]), symbolize_names: true))
  {
    locals: with_locals(text, data),
    symbols: with_instance_variables(text, symbols),
    methods: with_locals(text, data.transform_values { |value| objects(value) }),
  }
end
puts JSON.generate(made)
