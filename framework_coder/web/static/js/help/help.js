// @ts-check
// The help: start the tour.

import { byId } from "../lib/page.js";
import { startTour } from "../lib/tour.js";

byId("start-tour").addEventListener("click", startTour);
