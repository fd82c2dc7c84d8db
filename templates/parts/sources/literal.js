literal: (value) => value,
