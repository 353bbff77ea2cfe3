import { Button, Form } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Shelf, Written } from "../../../api/shelf";
import type { Text } from "../../../api/types";
import { useCan } from "../../../app/session";
import { inputOf } from "../../../parts/formProblems";
import { OfferStatusTag } from "../../../parts/OfferStatusTag";
import { PageHeader } from "../../../parts/PageHeader";
import { Panel } from "../../../parts/Panel";
import { ProblemAlert } from "../../../parts/ProblemAlert";
import styles from "../offers.module.css";
import { LifeActions } from "./LifeActions";
import { ProblemList } from "./ProblemList";
import type { OfferForm } from "./useOfferForm";

interface Props<Row extends Written, Detail extends Row, Body, Values> {
  shelf: Shelf<Row, Detail, Body>;
  /** What stands; null for what is new. */
  before: (Detail & Judged) | null;
  offer: OfferForm<Detail, Values>;
  initial: Values;
  name: string;
  /** What a new one is called. */
  fresh: string;
  /** What it says, to be read before it is published. */
  sentence: ReactNode;
  /** Beside publishing, pausing and ending. */
  actions?: ReactNode;
  aside: ReactNode;
  tabs?: ReactNode;
  /** Another tab's content, shown in place of the form. */
  instead?: ReactNode;
  children: ReactNode;
}

interface Judged {
  published_at: string | null;
  problems: readonly { path: string; message: Text }[];
}

/** An editor that takes a page: the form, and beside it what it means and what is missing. */
export function EditorFrame<Row extends Written, Detail extends Row, Body, Values extends object>(
  props: Props<Row, Detail, Body, Values>,
) {
  const { t } = useTranslation();
  const can = useCan();
  const { shelf, before, offer } = props;
  const { form, dirty } = offer;
  const status = before?.status ?? null;
  const readOnly = !can("offers.write") || status === "ended";
  const problems = dirty ? [] : (before?.problems ?? []);
  const save = () => void offer.submit();
  return (
    <>
      <PageHeader
        back={shelf.path}
        title={before ? props.name : props.fresh}
        mark={status && <OfferStatusTag status={status} />}
        actions={
          !readOnly && (
            <>
              <Button
                type={status === null || (dirty && status !== "draft") ? "primary" : "default"}
                loading={offer.busy}
                disabled={!dirty}
                onClick={save}
              >
                {t(status === null ? "offers.saveDraft" : "action.save")}
              </Button>
              {props.actions}
              {before && (
                <LifeActions
                  shelf={shelf}
                  offer={before}
                  name={props.name}
                  sentence={props.sentence}
                  settle={async () => !dirty || (await offer.submit()) !== null}
                />
              )}
            </>
          )
        }
      />
      {props.tabs}
      {props.instead}
      <div className={styles.editor} hidden={props.instead !== undefined}>
        <Form<Values>
          form={form}
          layout="vertical"
          requiredMark={false}
          disabled={readOnly}
          initialValues={props.initial}
          className={styles.form ?? ""}
          onValuesChange={offer.touch}
          onFinish={save}
        >
          <ProblemAlert error={offer.error} form={form} />
          {props.children}
        </Form>
        <aside className={styles.aside}>
          {props.aside}
          {problems.length > 0 && status === "draft" && (
            <Panel title={t("offers.missing")}>
              <ProblemList
                problems={problems}
                onPick={(path) => {
                  const input = inputOf(path, form);
                  if (input) form.scrollToField(input, { block: "center", focus: true });
                }}
              />
            </Panel>
          )}
        </aside>
      </div>
    </>
  );
}
