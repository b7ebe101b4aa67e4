// Every behaviour is an addition: with scripts off each page still does its work by plain forms.
import "./focus.js";
import "./rupiah.js";
import "./change.js";
import "./echo-date.js";
import "./rows.js";
import "./recompute.js";
import "./search.js";
import "./arrows.js";
import "./shortcuts.js";
import "./live.js";
import "./menu.js";
import "./number-preview.js";
import "./print.js";
import "./viewer.js";
import "./autosave.js";
import "./upload.js";
import "./submit-once.js";
