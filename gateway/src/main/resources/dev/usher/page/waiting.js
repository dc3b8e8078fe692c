
(function () {
  "use strict";
  var main = document.querySelector("main");
  var place = document.getElementById("place");
  var spoken = document.getElementById("spoken");
  var spokenAt = 0;
  var known = false;
  function sentence(answer) {
    if (answer.paused) return "Admissions are paused for the moment. You keep your place.";
    if (answer.closed) {
      return "The site is not ready for visitors at this moment. You keep your place.";
    }
    if (answer.state === "called") {
      return "You are at the front. We let you in as soon as a place is free.";
    }
    if (answer.ahead === undefined) return "We are finding out your place.";
    if (answer.ahead === 0) return "You are next.";
    if (answer.ahead === 1) return "1 person is ahead of you.";
    return answer.ahead.toLocaleString("en") + " people are ahead of you.";
  }
  // What is read aloud to those who do not see the page changes at most once a minute.
  function show(text) {
    place.textContent = text;
    if (Date.now() - spokenAt >= 60000 && spoken.textContent !== text) {
      spoken.textContent = text;
      spokenAt = Date.now();
    }
  }
  function call(method, what) {
    var url = "/_usher/" + what + "?room=" + main.dataset.room;
    return fetch(url, { method: method, credentials: "same-origin", cache: "no-store" })
      .then(function (response) {
        if (!response.ok) throw new Error(String(response.status));
        return response.json();
      });
  }
  function tell(answer) {
    if (answer.state === "none" && !known) {
      // The page brought a ticket, and the browser did not keep it: each reload would take another.
      return show("This browser does not keep the cookie that marks your place."
        + " Please allow cookies for this site, then load this page again.");
    }
    if (answer.state === "admitted" || answer.state === "none") return location.reload();
    known = true;
    show(sentence(answer));
    again(answer.retryAfterSeconds);
  }
  function ask() {
    call("GET", "place")
      .then(function (answer) {
        // Claimed from here, so that the page stays while no place is free after all.
        return answer.state === "called" ? call("POST", "claim") : answer;
      })
      .then(tell)
      .catch(function () {
        // What was said before may not be so any more.
        show("We cannot reach the site at this moment. We keep your place for a few minutes.");
        again(5 + 5 * Math.random());
      });
  }
  function again(seconds) { setTimeout(ask, 1000 * Math.max(1, Number(seconds) || 5)); }
  again(main.dataset.again);
})();
