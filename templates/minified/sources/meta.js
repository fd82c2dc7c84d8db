$sources.meta=(e,t)=>{const n=[...document.getElementsByTagName("meta")].find(t=>[t.name,t.getAttribute("property")].includes(e));return n&&t.t.push(n),n&&n.content}
