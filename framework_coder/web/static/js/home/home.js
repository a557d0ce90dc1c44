// @ts-check
// The first screen: recent work with undo, and the invitation to the tour.

import "../journal/journal.js";
import { inviteToTour } from "../lib/tour.js";

inviteToTour();
