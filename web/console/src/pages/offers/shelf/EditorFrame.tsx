import { Button, Form, type FormInstance } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { OfferStatus, Text } from "../../../api/types";
import { inputOf } from "../../../parts/formProblems";
import { OfferStatusTag } from "../../../parts/OfferStatusTag";
import { PageHeader } from "../../../parts/PageHeader";
import { Panel } from "../../../parts/Panel";
import { ProblemAlert } from "../../../parts/ProblemAlert";
import styles from "../offers.module.css";
import { ProblemList } from "./ProblemList";

interface Props<Values> {
  title: string;
  back: string;
  status: OfferStatus | null;
  form: FormInstance<Values>;
  initial: Values;
  problems: readonly { path: string; message: Text }[];
  dirty: boolean;
  busy: boolean;
  error: unknown;
  readOnly: boolean;
  onTouch: () => void;
  onSave: () => void;
  /** Publish, pause, end. */
  life: ReactNode;
  aside: ReactNode;
  tabs?: ReactNode;
  /** Another tab's content, shown in place of the form. */
  instead?: ReactNode;
  children: ReactNode;
}

/** An editor that takes a page: the form, and beside it what it means and what is missing. */
export function EditorFrame<Values extends object>(props: Props<Values>) {
  const { t } = useTranslation();
  const { form, status, dirty, readOnly, problems } = props;
  return (
    <>
      <PageHeader
        back={props.back}
        title={props.title}
        mark={status && <OfferStatusTag status={status} />}
        actions={
          !readOnly && (
            <>
              <Button
                type={status === null || (dirty && status !== "draft") ? "primary" : "default"}
                loading={props.busy}
                disabled={!dirty}
                onClick={props.onSave}
              >
                {t(status === null ? "offers.saveDraft" : "action.save")}
              </Button>
              {props.life}
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
          onValuesChange={props.onTouch}
          onFinish={props.onSave}
        >
          <ProblemAlert error={props.error} form={form} />
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
