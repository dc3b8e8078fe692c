
(function () {
  "use strict";
  var room = document.querySelector("main").dataset.room;
  var place = document.getElementById("place");
  var spoken = document.getElementById("spoken");
  var spokenAt = 0;
  function sentence(answer) {
    if (answer.paused) return "Admissions are paused for the moment. You keep your place.";
    if (answer.state === "called") {
      return "It is your turn. We let you in as soon as a place is free.";
    }
    if (answer.ahead === undefined) return "We are finding out your place.";
    if (answer.ahead === 0) return "You are next.";
    if (answer.ahead === 1) return "1 person is ahead of you.";
    return answer.ahead.toLocaleString("en") + " people are ahead of you.";
  }
  // What is read aloud to those who do not see the page changes at most once a minute.
  function show(answer) {
    var text = sentence(answer);
    place.textContent = text;
    if (Date.now() - spokenAt >= 60000 && spoken.textContent !== text) {
      spoken.textContent = text;
      spokenAt = Date.now();
    }
  }
  function ask() {
    fetch("/_usher/place?room=" + room, { credentials: "same-origin", cache: "no-store" })
      .then(function (response) { return response.json(); })
      .then(function (answer) {
        // Going to the page again is what claims the place.
        if (answer.state !== "waiting") return location.replace(location.href);
        show(answer);
        again(answer.retryAfterSeconds);
      })
      .catch(function () { again(5 + 5 * Math.random()); });
  }
  function again(seconds) { setTimeout(ask, 1000 * Math.max(1, seconds || 5)); }
  again(1 + Math.random());
})();
