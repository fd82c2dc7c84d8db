states.storage = ({ storage, path, value }) =>
  says(stated(localStorage.getItem(String(storage)), path), value);
