/**
 * The one script of a site: it searches the files of the index on hosts that only serve files. It runs on the search page alone, asks
 * for nothing before somebody searches, and what they search for stays in their browser (behind the `#` of the address). Where our
 * own server answers, nobody is given it.
 */

/**
 * Plain JavaScript, for browsers that know `\p{…}` in patterns (Chrome 64, Safari 11.1, Firefox 78); in others the page goes on saying what to
 * do. Words are folded as in text/search-words.ts.
 */
export const searchScript = `(function () {
  'use strict';
  var alike = { 'ß': 'ss', 'æ': 'ae', 'œ': 'oe', 'ø': 'o', 'ł': 'l', 'đ': 'd', 'ð': 'd', 'ı': 'i', 'ς': 'σ', 'ى': 'ي', 'ی': 'ي', 'ې': 'ي', 'ک': 'ك', 'ة': 'ه', 'ە': 'ه', 'ہ': 'ه', 'ـ': '' };
  function fold(text) {
    var folded = text.replace(/\\u200c/g, '').normalize('NFKD').replace(/\\p{M}+/gu, '').toLowerCase()
      .replace(/[ßæœøłđðıςىیېکةەہـ]/g, function (letter) { return alike[letter]; })
      .replace(/[\\u0660-\\u0669\\u06f0-\\u06f9]/g, function (digit) { return digit.charCodeAt(0) & 15; });
    return (folded.match(/[\\p{L}\\p{N}]+/gu) || []).map(function (word) { return word.slice(0, 40); });
  }
  if (typeof document === 'undefined') return fold;

  var form = document.querySelector('form.seek');
  var found = document.getElementById('found');
  var told = document.getElementById('told');
  var older = document.getElementById('older');
  var day = new Intl.DateTimeFormat(form.dataset.locale, { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });
  var number = new Intl.NumberFormat(form.dataset.locale);
  var enough = 25, current = 0;

  function load(name) {
    return fetch(name).then(function (answer) {
      if (!answer.ok) throw new Error(String(answer.status));
      return answer.json();
    });
  }
  function element(name, text, attributes) {
    var made = document.createElement(name);
    made.textContent = text;
    for (var key in attributes) made.setAttribute(key, attributes[key]);
    return made;
  }
  function line(row) {
    var item = document.createElement('li');
    item.appendChild(element('time', day.format(new Date(row[3])), { datetime: row[3] }));
    var what = element('p', '', { class: 'what' });
    var title = element('span', '', { lang: row[4] === 'und' ? '' : row[4], dir: row[5] });
    title.appendChild(element('a', row[1], { href: '../story/' + row[0] + '/index.html' }));
    var by = element('span', '', { class: 'by' });
    by.appendChild(element('bdi', row[2], {}));
    what.appendChild(title);
    what.appendChild(document.createTextNode(' '));
    what.appendChild(by);
    item.appendChild(what);
    return item;
  }
  function search(words, section) {
    var mine = ++current, files = [], target = enough;
    found.textContent = '';
    older.hidden = true;
    told.textContent = words.length === 0 ? '' : form.dataset.working;
    if (words.length === 0) return;
    older.onclick = function () { target = found.children.length + enough; step(Number(older.dataset.from)); };
    load('files.json').then(function (all) { files = all; step(0); }).catch(failed);
    function step(at) {
      if (mine !== current) return;
      if (at >= files.length || found.children.length >= target) {
        var many = found.children.length;
        told.textContent = many === 0 ? form.dataset.none : form.dataset.found + ' ' + number.format(many);
        older.hidden = at >= files.length;
        older.dataset.from = at;
        return;
      }
      load(files[at] + '.json').then(function (rows) {
        if (mine !== current) return;
        rows.forEach(function (row) {
          var bag = ' ' + row[7];
          if (section && (' ' + row[6] + ' ').indexOf(' ' + section + ' ') < 0) return;
          if (words.every(function (word) { return bag.indexOf(' ' + word) >= 0; })) found.appendChild(line(row));
        });
        step(at + 1);
      }).catch(failed);
    }
  }
  function failed() { told.textContent = form.dataset.failed; }
  function read() {
    var asked = new URLSearchParams(location.hash.slice(1) || location.search.slice(1));
    form.elements.q.value = asked.get('q') || '';
    if (form.elements.section) form.elements.section.value = asked.get('section') || '';
    search(fold(form.elements.q.value), asked.get('section') || '');
  }
  form.addEventListener('submit', function (event) {
    event.preventDefault();
    var section = form.elements.section ? form.elements.section.value : '';
    var hash = '#' + new URLSearchParams(section ? { q: form.elements.q.value, section: section } : { q: form.elements.q.value });
    if (location.hash === hash) read();
    else location.hash = hash;
  });
  window.addEventListener('hashchange', read);
  form.hidden = false;
  read();
})()
`;
