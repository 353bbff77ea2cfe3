import { useTranslation } from "react-i18next";
import type { Portrait } from "../../../api/traits";
import { Definition, Panel } from "../../../parts/Panel";
import { useFormat } from "../../../parts/useFormat";
import { useStageColours } from "../../lifecycle/useStageColours";
import styles from "./portrait.module.css";

/** Where she stands: lifecycle, activity, loyalty; since when, and why. */
export function States({ portrait }: { portrait: Portrait }) {
  const { t } = useTranslation();
  const format = useFormat();
  const colours = useStageColours();
  const states = [
    ["lifecycle", portrait.lifecycle, portrait.lifecycle_since],
    ["grade", portrait.grade, portrait.grade_since],
    ["loyalty", portrait.loyalty, null],
  ] as const;
  return (
    <Panel title={t("portrait.states")}>
      <ul className={styles.states}>
        {states.map(
          ([name, state, since]) =>
            state && (
              <li key={name}>
                <span className="muted small">{t(`portrait.${name}`)}</span>
                <span className={styles.state}>
                  <i style={{ background: colours[state.code] ?? colours.prospect }} />
                  <strong>{format.text(state.name)}</strong>
                  <Definition text={format.text(state.means)} />
                  {since && (
                    <span className="muted small">{t("portrait.since", { day: format.day(since) })}</span>
                  )}
                </span>
                <span className={styles.why}>{format.text(portrait.why[name])}</span>
              </li>
            ),
        )}
      </ul>
    </Panel>
  );
}
