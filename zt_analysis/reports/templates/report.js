document.querySelectorAll("table.data").forEach(function(t){
var b=t.tBodies[0],rows=[].slice.call(b.rows),bar=document.createElement("div"),f=document.createElement("input"),c=document.createElement("button"),w=document.body.dataset;
bar.className="tools";f.type="search";f.placeholder=w.filter;f.setAttribute("aria-label",w.filter);c.type="button";c.textContent=w.copy;bar.append(f,c);t.closest(".scroll").before(bar);
f.oninput=function(){var q=f.value.toLowerCase();rows.forEach(function(r){r.hidden=r.textContent.toLowerCase().indexOf(q)<0})};
c.onclick=function(){var s=[].map.call(t.rows,function(r){return r.hidden?"":[].map.call(r.cells,function(x){var v=x.textContent.trim().replace(/\s+/g," ");if(/^[=+\-@]/.test(v)&&isNaN(v))v="'"+v;return'"'+v.replace(/"/g,'""')+'"'}).join(",")}).filter(Boolean).join("\n");
if(navigator.clipboard)navigator.clipboard.writeText(s);else{var a=document.createElement("textarea");a.value=s;document.body.append(a);a.select();document.execCommand("copy");a.remove()}c.textContent=w.copied};
[].forEach.call(t.tHead.rows[0].cells,function(h,i){var k=document.createElement("button");k.type="button";k.textContent=h.textContent;h.textContent="";h.append(k);
k.onclick=function(){var up=h.getAttribute("aria-sort")!=="ascending";[].forEach.call(h.parentNode.cells,function(x){x.removeAttribute("aria-sort")});h.setAttribute("aria-sort",up?"ascending":"descending");
function v(r){var d=r.cells[i],x=(d.dataset.sort||d.textContent).trim(),n=parseFloat(x.replace(/,/g,""));return isNaN(n)?x:n}
rows.slice().sort(function(p,q){p=v(p);q=v(q);var s=typeof p==="number"&&typeof q==="number"?p-q:String(p).localeCompare(String(q),"zh");return up?s:-s}).forEach(function(r){b.append(r)})}})});
function openCard(){var e=location.hash&&document.getElementById(decodeURIComponent(location.hash.slice(1)));if(e)e.querySelectorAll("details.first").forEach(function(d){d.open=true})}
addEventListener("hashchange",openCard);openCard();
