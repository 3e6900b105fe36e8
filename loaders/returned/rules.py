"""Which rule of the form a problem breaks: what the list prints beside what is wrong."""

_RULES: dict[str, str] = {
    "openable": "file_empty file_lock file_damaged file_encrypted file_wrong_kind file_too_large file_too_heavy "
    "file_unsafe too_many_cells text_too_long",
    "template": "template_broken template_old sheet_missing sheet_renamed layout_changed indicator_gone "
    "task_gone example_row",
    "whose": "plan_unknown plan_differs plan_unclear unit_not_reporting unit_ended unit_not_begun unit_differs "
    "not_your_unit unit_missing unit_unclear_title unit_row_missing unit_row_twice unit_unknown unit_unknown_near "
    "unit_ambiguous other_units_ignored figure_not_owed",
    "when": "period_differs period_missing period_unclear_title period_unclear period_without_year period_as_number "
    "cumulative_heading heading_is_date",
    "headings": "no_table column_missing column_moved columns_alike columns_ignored heading_matched "
    "value_columns_alike indicator_unknown indicator_unknown_near",
    "sheets": "sheet_ignored sheet_hidden sheet_copy_differs figure_twice",
    "visible": "rows_hidden columns_hidden values_under_merge merged_value",
    "measure": "measures_disagree measure_differs unit_converted foreign_currency unit_in_cell converted_in_cell "
    "wrong_unit_in_cell",
    "number": "not_a_number date_not_number thousands_misplaced number_not_exact number_too_large "
    "letters_in_number annotation_in_number odd_negative odd_positive odd_decimal_point",
    "percent": "percent_not_number percent_mixed maybe_ratio share_needs_parts",
    "formula": "error_value formula_without_value formula_external formula_volatile division_by_zero",
    "required": "required_blank nothing_filled figures_blank absent value_unknown share_half_empty claim_area_needed "
    "claim_level_needed claim_cost_needed task_without_status",
    "date": "bare_date_serial date_without_day date_unclear date_impossible date_out_of_range date_order "
    "date_after_quarter",
    "choice": "not_yes_or_no unknown_choice task_status_unknown",
    "code": "credit_code_as_number credit_code_length credit_code_letters credit_code_check credit_code_old "
    "code_of_elsewhere",
    "sense": "negative row_negative not_whole over_hundred nothing_to_divide_by",
    "change": "growth_out_of_range fell_by_half count_fell_by_half jumped",
    "counted": "count_differs",
    "once": "row_twice already_loaded",
    "total": "total_differs",
    "values_only": "has_macros has_external_links has_embedded has_connections has_html",
    "mended": "mended",
    "task": "task_done_without_date task_date_after_quarter task_date_without_done task_done_without_evidence "
    "task_done_before_plan task_undone",
    "money": "claim_shares_differ claim_out_of_time claim_area_too_small claim_tier_wrong claim_over_limit "
    "claim_not_as_printed claim_paid_too_much claim_split_wrong claim_share_missing claim_stacked claim_overlaps "
    "claim_again claim_elsewhere",
}
RULES: tuple[str, ...] = (*_RULES, "other")
_OF_CODE = {code: rule for rule, codes in _RULES.items() for code in codes.split()}


def rule_of(code: str) -> str:
    """The rule of a problem's code; `other` for one that nobody has sorted yet."""
    return _OF_CODE.get(code, "other")
