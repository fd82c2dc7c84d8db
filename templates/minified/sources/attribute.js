$sources.attribute=(e,{element:t})=>t&&t.getAttribute?t.getAttribute(e):void 0
