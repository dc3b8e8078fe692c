(function () {
  "use strict";
  var main = document.querySelector("main");
  var room = main.dataset.room;
  var texts = JSON.parse(at("texts").textContent);
  var language = document.documentElement.lang;
  var title = document.title;
  var plurals = window.Intl && Intl.PluralRules ? new Intl.PluralRules(language) : null;
  var numbers = new Intl.NumberFormat(language + "-u-nu-latn");
  var place = at("place");
  var spoken = at("spoken");
  var spokenAt = 0;
  var spokenAhead = Infinity;
  var known = false;
  var timer = 0;
  var asking = false;
  var askedAt = Date.now(); // the page itself is an answer
  var wanted = false;
  var pressed = false;
  var heardAt = Date.now();
  var failures = 0;
  // Longer than two heart-beats of a stream; a phone may close one and say that it is open.
  var SILENCE = 37500;
  var source = null;
  var leads = false;
  var streamAfter = 0;
  var streamAt = Date.now();
  var soon = false;
  var opensAt = 0;
  var ticker = 0;
  var tabs = null;
  var over = false;
  var Sound = window.AudioContext || window.webkitAudioContext;
  var sounds = null;
  var rang = 0;
  var turned = false;
  var inSince = 0;
  function at(id) { return document.getElementById(id); }
  function count(key, n) {
    var text = texts[key + "." + (plurals ? plurals.select(n) : "other")] || texts[key + ".other"];
    return text.replace("{n}", numbers.format(n));
  }
  function timed(key, when) {
    var clock = new Date(when).toLocaleTimeString(language + "-u-nu-latn",
      { hour: "numeric", minute: "2-digit" });
    return texts[key].replace("{time}", clock);
  }
  function put(id, text) {
    at(id).textContent = text;
    at(id).hidden = !text;
  }
  // What a browser remembers of this page; some refuse.
  function remember(key, value) {
    try {
      if (value === undefined) return localStorage.getItem(key);
      localStorage.setItem(key, value);
    } catch (refused) { /* then nothing is remembered */ }
    return null;
  }
  // By the visitor's own clock, which may be in another zone than the event.
  function opens(when) {
    var words = (language === "en" ? "en-GB" : language) + "-u-nu-latn";
    var day = { day: "numeric", month: "long", year: "numeric" };
    var clock = { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZoneName: "short" };
    return texts.opens.replace("{date}", new Date(when).toLocaleDateString(words, day))
      .replace("{time}", new Date(when).toLocaleTimeString(words, clock));
  }
  function gathered(ahead) {
    if (ahead === undefined) return texts["opens.kept"];
    return ahead === 0 ? texts["opens.first"] : count("ahead", ahead);
  }
  function sentence(answer) {
    // By a function: what somebody wrote may have in it what replace() takes for a sign.
    var said = answer.message
      ? " " + texts.said.replace("{message}", function () { return answer.message; }) : "";
    if (answer.state === "sold_out") return texts.soldout + said;
    return standing(answer) + (answer.limited ? " " + texts.limited : "") + said;
  }
  function standing(answer) {
    if (answer.opensAt) return opens(answer.opensAt) + " " + gathered(answer.ahead);
    if (answer.fault) return texts.fault;
    if (answer.paused) return texts.paused;
    if (answer.closed) return texts.closed;
    if (answer.state === "called") return texts.front;
    if (answer.ahead === undefined) return texts.unknown;
    return people(answer.ahead);
  }
  // Whole minutes, and fives of many, so that what is told seldom changes.
  function minutes(seconds, round) {
    var step = seconds > 1200 ? 5 : 1;
    return step * round(seconds / 60 / step);
  }
  function wait(answer) {
    if (answer.state !== "waiting" || answer.paused || answer.closed) return "";
    var words = texts["wait.unknown"];
    if (answer.waitToSeconds !== undefined) {
      var to = minutes(answer.waitToSeconds, Math.ceil);
      var from = Math.max(1, Math.min(to - 1, minutes(answer.waitFromSeconds, Math.floor)));
      words = to <= 1 ? texts["wait.short"] : count("wait", to).replace("{from}", from);
    } else if (answer.opensAt) return "";
    return texts[answer.opensAt ? "wait.then" : "wait"].replace("{wait}", words);
  }
  // What is read aloud to those who do not see the page changes at most once a minute, except near
  // the front.
  function show(text, ahead, now) {
    place.textContent = text;
    var near = now || [100, 10, 0].some(function (bound) {
      return ahead <= bound && spokenAhead > bound;
    });
    if ((near || Date.now() - spokenAt >= 60000) && spoken.textContent !== text) {
      spoken.textContent = text;
      spokenAt = Date.now();
      spokenAhead = ahead === undefined ? spokenAhead : ahead;
    }
  }
  // How far the visitor has come since the page first saw this number. Returns the fewest people
  // ahead that it ever told of: a stream tells of fewer than the cookie knows of after a reload.
  function progress(ahead) {
    var key = "usher-first-" + room;
    var mine = main.dataset.place || "";
    var kept = (remember(key) || "").split(" ");
    var known = mine && kept[0] === mine;
    var first = known ? Math.max(Number(kept[1]), ahead) : ahead;
    ahead = known ? Math.min(Number(kept[2] || ahead), ahead) : ahead;
    var now = mine + " " + first + " " + ahead;
    if (mine && now !== kept.join(" ")) remember(key, now);
    at("progress").max = Math.max(1, first);
    at("progress").value = first - ahead;
    at("progress").hidden = first === ahead;
    put("gone", first > ahead ? count("gone", first - ahead) : "");
    return ahead;
  }
  function people(ahead) { return ahead === 0 ? texts.next : count("ahead", ahead); }
  // Until the opening, by what Usher said is left and not by a clock that may be wrong.
  function countdown(seconds) {
    opensAt = seconds === undefined ? 0 : performance.now() + 1000 * seconds;
    tick();
  }
  function tick() {
    clearTimeout(ticker);
    var left = Math.ceil((opensAt - performance.now()) / 1000);
    var soon = left > 0 && left < 86400;
    var clock = [left / 3600, left / 60 % 60, left % 60].map(function (part, i) {
      return (i && part < 10 ? "0" : "") + Math.floor(part);
    }).join(":");
    put("left", soon ? texts["opens.in"].replace("{left}", clock) : "");
    if (left > 0) ticker = setTimeout(tick, 1000);
  }
  // By consent, and once somebody has touched this page: browsers let none sound before.
  function touched() {
    if (!at("sound").checked) return Promise.resolve();
    return Promise.resolve().then(function () {
      sounds = sounds || new Sound();
      return sounds.resume();
    }).catch(function () { /* then it stays silent */ });
  }
  function note(pitch, from) {
    var tone = sounds.createOscillator();
    var loud = sounds.createGain();
    tone.frequency.value = pitch;
    loud.gain.setValueAtTime(0.2, from);
    loud.gain.exponentialRampToValueAtTime(0.001, from + 0.4);
    tone.connect(loud);
    loud.connect(sounds.destination);
    tone.start(from);
    tone.stop(from + 0.4);
  }
  function ring() {
    // What is started while it may not sound would come later, out of the blue.
    if (!at("sound").checked || !sounds || sounds.state !== "running") return;
    note(660, sounds.currentTime);
    note(880, sounds.currentTime + 0.25);
    rang = Date.now();
  }
  function call(method, what) {
    var stop = window.AbortController ? new AbortController() : null;
    var late = setTimeout(function () { if (stop) stop.abort(); }, 8000);
    return fetch("/_usher/" + what + "?room=" + room, {
      method: method, credentials: "same-origin", cache: "no-store",
      signal: stop ? stop.signal : undefined
    }).then(function (response) {
      if (!response.ok) {
        var refusal = new Error(String(response.status));
        refusal.status = response.status;
        refusal.after = Number(response.headers.get("Retry-After")) || 0;
        throw refusal;
      }
      return response.json();
    }).finally(function () { clearTimeout(late); });
  }
  // Whether the visitor goes in by themselves once called.
  function goes() { return pressed || !at("hold").checked; }
  function turns() {
    if (!turned) ring();
    turned = true;
  }
  // Whether a visitor who is in goes to what they asked for only once they look: their visit would
  // run out unseen. Meanwhile the page asks, which keeps it, for about as long as a visit may be idle.
  function isUnseen() {
    inSince = inSince || Date.now();
    return document.hidden && Date.now() - inSince < 120000;
  }
  function enter() {
    // Another page would cut the sound off.
    var left = rang + 700 - Date.now();
    if (left > 0) setTimeout(function () { location.reload(); }, left);
    else location.reload();
  }
  // Shows the answer. Returns whether the page goes on.
  function tell(answer) {
    if (answer.state === "none" && !known) {
      // The page brought a ticket, and the browser did not keep it: each reload would take another.
      show(at("tab") ? at("tab").dataset.why : texts.cookies);
      return false;
    }
    if (answer.state === "admitted" || answer.state === "none") {
      if (answer.state === "admitted") turns();
      if (answer.state === "admitted" && isUnseen()) {
        deafen(600);
        show(texts.turn, 0, true);
        put("wait", "");
        document.title = texts.turn + " \u2013 " + title;
        return true;
      }
      enter();
      return false;
    }
    if (answer.state === "moved") {
      over = true;
      clearTimeout(timer);
      deafen();
      countdown();
      show(texts.moved, 0, true);
      ["wait", "updated", "gone"].forEach(function (id) { put(id, ""); });
      at("go").hidden = at("progress").hidden = at("alive").hidden = true;
      document.title = title;
      return false;
    }
    known = true;
    heardAt = Date.now();
    failures = 0;
    // Who pressed and still is called found no place free; nobody needs to press again.
    if (answer.state !== "called") pressed = false;
    var turn = answer.state === "called" && !goes() && !answer.paused && !answer.closed;
    if (turn) turns();
    if (answer.ahead !== undefined && !turn) answer.ahead = progress(answer.ahead);
    show(turn ? texts.turn : sentence(answer), answer.ahead, turn);
    countdown(answer.opensInSeconds);
    put("wait", turn ? texts["turn.kept"] : wait(answer));
    put("updated", timed("updated", heardAt));
    at("go").hidden = !turn;
    if (turn) document.title = texts.turn + " \u2013 " + title;
    else document.title = answer.ahead === undefined ? title
      : numbers.format(answer.ahead + 1) + " \u2013 " + title;
    return true;
  }
  // By whichever tab's stream it came: the turn is claimed at once, also where nobody looks.
  function hear(answer) {
    streamAt = Date.now();
    var claims = answer.state === "called" && goes();
    if (!claims && tell(answer)) again(/called|admitted/.test(answer.state) ? 10 : SILENCE / 1000);
    if (claims && asking) soon = true;
    if (claims && !asking) answered(Promise.resolve(answer));
  }
  function listen() {
    if (source || over || !leads || !window.EventSource || Date.now() < streamAfter) return;
    source = new EventSource("/_usher/stream?room=" + room);
    var alive = false;
    ["place", "turn", "state", "message"].forEach(function (name) {
      source.addEventListener(name, function (event) {
        alive = true;
        var answer = JSON.parse(event.data);
        if (/admitted|none|moved/.test(answer.state)) deafen();
        if (answer.state === "moved") {
          // By the ticket that it was opened with: this browser may have the one that is good now.
          again(1);
          return;
        }
        tabs.postMessage({ of: event.lastEventId, answer: answer });
        hear(answer);
      });
    });
    source.onerror = function () {
      if (source && source.readyState === 2) {
        // Refused: there are too many, or something between here and there wants none.
        deafen(60 + 60 * Math.random());
        again(1 + 4 * Math.random());
      } else if (alive) {
        // The browser opens another by itself; if that does not work either, this page asks.
        alive = false;
        again(11 + 4 * Math.random());
      }
    };
  }
  function deafen(seconds) {
    if (source) source.close();
    source = null;
    streamAfter = Date.now() + 1000 * (seconds || 0);
  }
  // One stream for all tabs of a browser. Where tabs cannot agree on one, each of them asks.
  function lead(how) {
    Promise.resolve().then(function () {
      return navigator.locks.request("usher-stream-" + room, how, function () {
        leads = true;
        setTimeout(listen, how.steal ? 0 : 3000 * Math.random());
        return new Promise(function () { /* until the tab is gone */ });
      });
    }).catch(function () {
      // Another tab took it, because this one was silent; or there is none to have, and this asks.
      var had = leads;
      leads = false;
      deafen();
      // Who took it before had asked for it as well, and still does.
      if (had && !how.steal) lead({});
    });
  }
  // No stream that is any good has said nothing for so long: another is opened.
  function renew() {
    if (Date.now() - streamAt >= SILENCE) {
      streamAt = Date.now();
      if (source) deafen();
      else if (!leads && tabs && !document.hidden) lead({ steal: true });
    }
    listen();
  }
  function ask() {
    if (asking || over) return;
    askedAt = Date.now();
    answered(call("GET", "place"));
  }
  function answered(promise) {
    clearTimeout(timer);
    asking = true;
    promise
      .then(function (answer) {
        // Claimed from here, so that the page stays while no place is free after all.
        wanted = false;
        return answer.state === "called" && goes() ? call("POST", "claim") : answer;
      })
      .then(function (answer) {
        asking = false;
        if (!tell(answer)) return;
        again(answer.retryAfterSeconds);
        renew();
        if (wanted || soon) ask();
        soon = false;
      })
      .catch(function (failure) {
        asking = false;
        // What was said before may not be so any more.
        var pause = Math.min(30, 5 * Math.pow(2, failures++));
        if (failure.status === 410) {
          // What was claimed is this page's no more: the place tells why.
          again(pause / 5);
          return;
        }
        var busy = failure.status === 429 || failure.status >= 500;
        show(busy ? texts.busy : timed("lost", heardAt));
        put("wait", "");
        put("updated", "");
        var least = Math.min(60, failure.after || 0);
        again(Math.max(least * (1 + Math.random() / 2), pause * (0.5 + Math.random())));
      });
  }
  function again(seconds) {
    clearTimeout(timer);
    timer = setTimeout(ask, 1000 * Math.max(1, Number(seconds) || 5));
  }
  // A tab that slept, or a phone that was without a network, asks as soon as it can.
  function wake() {
    if (inSince && !document.hidden) return enter();
    if (document.hidden || Date.now() - askedAt <= 1000) return;
    // It may have died in its sleep: then another is opened with the answer.
    if (Date.now() - streamAt >= SILENCE / 2) streamAt = 0;
    ask();
  }
  document.addEventListener("visibilitychange", wake);
  window.addEventListener("pageshow", wake);
  window.addEventListener("online", wake);
  window.addEventListener("offline", ask);
  at("hold").checked = remember("usher-hold") === "yes";
  at("hold").addEventListener("change", function () {
    remember("usher-hold", at("hold").checked ? "yes" : "no");
    wake();
  });
  at("sound").checked = remember("usher-sound") === "yes";
  at("sound").addEventListener("change", function () {
    remember("usher-sound", at("sound").checked ? "yes" : "no");
    touched().then(ring);
  });
  ["pointerup", "keydown"].forEach(function (touch) {
    document.addEventListener(touch, touched);
  });
  at("sounds").hidden = !Sound;
  at("go").addEventListener("click", function () {
    wanted = true;
    pressed = true;
    ask();
  });
  at("holds").hidden = false;
  at("alive").hidden = false;
  if (main.dataset.opens) countdown(Number(main.dataset.opens));
  if (main.dataset.ahead) {
    var told = Number(main.dataset.ahead);
    place.textContent = place.textContent.replace(people(told), people(progress(told)));
  }
  again(main.dataset.again);
  if (window.BroadcastChannel && navigator.locks && window.EventSource) {
    tabs = new BroadcastChannel("usher-" + room);
    tabs.onmessage = function (event) {
      var of = event.data.of.split("-");
      // Another tab may still listen for a place that this browser had before.
      if (main.dataset.place && of[1] && main.dataset.place !== of[0] + "." + of[1]) {
        streamAt = Date.now();
      } else hear(event.data.answer);
    };
    lead({});
  }
})();
