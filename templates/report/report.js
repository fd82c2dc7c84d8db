// Search and filter; without scripts the page shows everything.
(function () {
  "use strict";
  var form = document.querySelector("form.search");
  if (!form) return;
  var rules = Array.prototype.slice.call(document.querySelectorAll("article.rule"));
  form.hidden = false;

  function shown() {
    return Array.prototype.map.call(form.querySelectorAll("[name=severity]:checked"), function (box) {
      return box.value;
    });
  }

  function filter() {
    var words = form.elements.words.value.toLowerCase().split(/\s+/).filter(Boolean);
    var severities = shown();
    var left = 0;
    rules.forEach(function (rule) {
      var name = rule.querySelector("h3").textContent + " " + rule.querySelector(".note").textContent;
      var here = 0;
      rule.querySelectorAll("li.finding").forEach(function (finding) {
        var text = (name + " " + finding.textContent).toLowerCase();
        var fits = words.every(function (word) { return text.indexOf(word) >= 0; });
        finding.hidden = !fits;
        here += fits ? 1 : 0;
      });
      rule.hidden = !here || severities.indexOf(rule.dataset.severity) < 0;
      left += rule.hidden ? 0 : here;
    });
    form.querySelector("output").textContent = left === 1 ? "1 finding" : left + " findings";
  }

  form.addEventListener("input", filter);
  form.addEventListener("submit", function (event) { event.preventDefault(); });
  filter();
})();
