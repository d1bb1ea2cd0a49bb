/** English of what cannot be measured, and of monitors that mislead. */
export const enMeasure = {
  measure: {
    short: 'not measurable',
    reason: {
      unseen: '{{task}}: not measurable. No class of the validation side occurs in training (with a held-out session: its speakers are new). It has no validation loss and no score.',
      constant: '{{task}}: constant. Training has only one class: there is nothing to learn, and always giving that answer would score 100%. It has no scores.',
    },
    apart: 'It takes no part in “best” and early stopping.', countsAll: 'Recorded by version 0.1.0: “best” and early stopping counted it all the same.',
    leftOut_one: '{{task}}: {{count}} validation utterance is of a class that does not occur in training; it is left out of loss and scores.',
    leftOut_other: '{{task}}: {{count}} validation utterances are of classes that do not occur in training; they are left out of loss and scores.',
    gaps_one: 'A logarithmic scale has no place for a loss of zero: {{count}} point is a gap in the line.',
    gaps_other: 'A logarithmic scale has no place for a loss of zero: {{count}} points are gaps in the lines.',
  },
};
