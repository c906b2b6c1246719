"""The package's declaration (Frictionless Data Package): tables, columns, types, units, keys, constraints."""

from __future__ import annotations

from typing import Any

from zt_analysis.synthesis.published import PUBLISHED

TITLE = (
    "昭通市控辍保学与学生资助：合成演示数据（行为编造，总数与公布数一致，分县数不是事实） / "
    "Zhaotong, children in school and student aid: synthetic demonstration data (rows are invented; totals match "
    "what was published; splits by county are not facts)"
)
STAGES = ["preschool", "primary", "junior", "senior", "vocational"]
COMPULSORY = ["primary", "junior"]
PROGRAMMES = sorted(
    "nutrition boarder_subsidy public_funds textbooks preschool_grant senior_grant vocational_grant vocational_waiver "
    "registered_poor_living senior_waiver".split()
)
COUNTY = {"pattern": "53[0-9]{4}"}
TOWNSHIP = {"pattern": "53[0-9]{7}"}
THIS_YEAR = {"minimum": "2018-01-01", "maximum": "2018-11-08"}
SCHOOL = ("school_code", "county_code", "stage")
CASE = ("case_id", "person_id", "county_code", "stage")

# column, type, Chinese title, unit or "", constraints; every cell is required unless it says so
Field = tuple[str, str, str, str, dict[str, Any]]
OPTIONAL: dict[str, Any] = {"required": False}


def _field(name: str, kind: str, title: str, unit: str = "", **constraints: Any) -> Field:
    return (name, kind, title, unit, constraints)


def _county() -> Field:
    return _field("county_code", "string", "县区代码", **COUNTY)


def _stage(allowed: list[str]) -> Field:
    return _field("stage", "string", "学段", enum=allowed)


def _count(name: str, title: str, unit: str, minimum: int = 0) -> Field:
    return _field(name, "integer", title, unit, minimum=minimum)


def _to(columns: tuple[str, ...], table: str) -> dict[str, Any]:
    return {"fields": list(columns), "reference": {"resource": table, "fields": list(columns)}}


def tables() -> dict[str, dict[str, Any]]:
    """Each table: Chinese title, file, fields, primary key, foreign keys."""
    return {
        "counties": {
            "title": "县级行政区",
            "fields": [
                _county(),
                _field("name_zh", "string", "名称"),
                _field("name_en", "string", "英文名称"),
                _count("population_2020_persons", "2020年普查人口", "persons", 1),
                _field("has_free_education_14_years", "boolean", "十四年免费教育"),
            ],
            "key": ["county_code"],
        },
        "schools": {
            "title": "学校（编造）",
            "fields": [
                _field("school_code", "string", "学校代码", unique=True),
                _county(),
                _field("township_code", "string", "乡镇代码", **TOWNSHIP),
                _stage(STAGES),
                _field("name_zh", "string", "名称"),
            ],
            "key": list(SCHOOL),
            "foreign": [_to(("county_code",), "counties")],
        },
        "enrolment": {
            "title": "适龄人口与在校生周报",
            "fields": [
                _field("reported_on", "date", "统计日", minimum="2018-09-20", maximum="2018-11-08"),
                _county(),
                _stage(COMPULSORY),
                _count("school_age_persons", "适龄人口", "persons"),
                _count("enrolled_persons", "在校生", "persons"),
            ],
            "key": ["reported_on", "county_code", "stage"],
            "foreign": [_to(("county_code",), "counties")],
        },
        "dropout_cases": {
            "title": "辍学台账",
            "fields": [
                _field("case_id", "string", "案件编号", unique=True),
                _field("person_id", "string", "学生化名编号", pattern="P[0-9a-f]{8}"),
                _county(),
                _field("township_code", "string", "乡镇代码", **TOWNSHIP),
                _field("village_code", "string", "村代码", pattern="53[0-9]{10}"),
                _field("school_code", "string", "学校代码"),
                _stage(COMPULSORY),
                _field("age_years", "integer", "立案时年龄", "years", minimum=5, maximum=18),
                _field("absent_from_on", "date", "缺勤起始日", minimum="2018-03-01", maximum="2018-11-08"),
                _field("opened_on", "date", "立案日", minimum="2018-03-01", maximum="2018-11-08"),
                _field("reason", "string", "原因", enum="work_away severe_disability married illness unwilling hardship other".split()),
                _field("outcome", "string", "去向", enum=["open", "returned", "home", "remote"]),
                _field("outcome_on", "date", "去向日期", minimum="2018-03-01", maximum="2018-11-08", **OPTIONAL),
                _field("placement", "string", "安置", enum=["grade_1", "senior_primary", "vocational_junior", "undecided"], **OPTIONAL),
            ],
            "key": list(CASE),
            "foreign": [_to(SCHOOL, "schools")],
        },
        "teaching": {
            "title": "送教记录",
            "fields": [
                _field("teaching_id", "string", "送教编号"),
                _field("case_id", "string", "案件编号"),
                _field("person_id", "string", "学生化名编号", pattern="P[0-9a-f]{8}"),
                _county(),
                _stage(COMPULSORY),
                _field("mode", "string", "送教方式", enum=["home", "remote"]),
                _field("channel", "string", "送教渠道", enum=["visit", "wechat", "qq", "fetion", "post"]),
                _field("started_on", "date", "开始日", minimum="2018-03-01", maximum="2018-11-08"),
                _count("visits_count", "次数", "visits", 1),
            ],
            "key": ["teaching_id"],
            "foreign": [_to(CASE, "dropout_cases")],
        },
        "fund_documents": {
            "title": "资金文件（编造）",
            "fields": [
                _field("document_no", "string", "文号"),
                _field("issued_on", "date", "下达日期", **THIS_YEAR),
                _field("level", "string", "资金层级", enum=["central", "provincial"]),
                _count("total_fen", "文件总额", "fen"),
            ],
            "key": ["document_no", "issued_on", "level"],
        },
        "fund_allocations": {
            "title": "资金下达明细",
            "fields": [
                _field("allocation_id", "string", "编号"),
                _field("document_no", "string", "文号"),
                _field("issued_on", "date", "下达日期", **THIS_YEAR),
                _field("level", "string", "资金层级", enum=["central", "provincial"]),
                _field("programme", "string", "资助项目", enum=PROGRAMMES),
                _county(),
                _count("amount_fen", "金额", "fen"),
            ],
            "key": ["allocation_id"],
            "foreign": [_to(("document_no", "issued_on", "level"), "fund_documents"), _to(("county_code",), "counties")],
        },
        "nutrition_students": {
            "title": "营养改善计划学生",
            "parquet": True,
            "fields": [
                _count("student_id", "学生化名编号", "", 1),
                _county(),
                _field("school_code", "string", "学校代码"),
                _stage(COMPULSORY),
                _field("term", "string", "学期", pattern="[0-9]{4}-(spring|autumn)"),
                _field("meal_days", "integer", "供餐天数", "days", minimum=1, maximum=100),
                _count("spending_fen", "支出金额", "fen"),
            ],
            "key": ["student_id"],
            "foreign": [_to(SCHOOL, "schools")],
        },
        "aid_standards": {
            "title": "资助标准",
            "fields": [
                _stage(STAGES),
                _field("aid_stage", "string", "资助学段", enum=["preschool", "compulsory", "senior", "vocational"]),
                _field("programme", "string", "资助项目"),
                _field("name_zh", "string", "名称"),
                _field("name_en", "string", "英文名称"),
                _count("standard_fen", "每生每学期标准", "fen"),
                _field("beneficiaries", "string", "资助对象"),
                _field("source", "string", "出处"),
                _field("basis", "string", "依据", enum=["known", "assumed"]),
                _field("note", "string", "说明"),
            ],
            "key": ["stage", "programme"],
        },
        "aid_payments": {
            "title": "资助发放明细",
            "parquet": True,
            "fields": [
                _count("student_id", "学生化名编号", "", 1),
                _county(),
                _field("school_code", "string", "学校代码"),
                _stage(STAGES),
                _field("programme", "string", "资助项目"),
                _field("term", "string", "学期", pattern="[0-9]{4}-(spring|autumn)"),
                _field("registered_poor", "boolean", "建档立卡户"),
                _count("amount_fen", "金额", "fen"),
                _field("paid_on", "date", "发放日期", minimum="2018-03-01", maximum="2018-07-31"),
            ],
            "key": ["student_id", "programme", "term"],
            "foreign": [_to(SCHOOL, "schools"), _to(("stage", "programme"), "aid_standards")],
        },
        "household_inspections": {
            "title": "入户抽查",
            "fields": [
                _field("inspection_id", "string", "编号"),
                _field("household_id", "string", "家庭化名编号", unique=True, pattern="H[0-9a-f]{8}"),
                _county(),
                _field("township_code", "string", "乡镇代码", **TOWNSHIP),
                _field("inspected_on", "date", "抽查日期", minimum="2018-10-23", maximum="2018-11-08"),
                _field("aid_confirmed", "boolean", "资助落实"),
                _count("findings_count", "问题数", "items"),
            ],
            "key": ["inspection_id"],
            "foreign": [_to(("county_code",), "counties")],
        },
    }  # fmt: skip


def descriptor(resources: list[dict[str, Any]], *, seed: int, scale: int) -> dict[str, Any]:
    """``datapackage.json`` around its resources."""
    return {
        "profile": "data-package",
        "name": "zhaotong-2018",
        "title": TITLE,
        "description": "Made by `zt synthesize`. Real: the published totals, county codes and names, 2020 census, aid "
        "standards marked known. Invented: every row about a person, school, household, document or payment.",
        "synthetic": True,
        "seed": seed,
        "scale": scale,
        "published_totals": PUBLISHED,
        "licenses": [{"name": "CC0-1.0", "path": "https://creativecommons.org/publicdomain/zero/1.0/"}],
        "sources": [
            {"title": "教育兴昭简报 2018年第11期 (published totals)"},
            {"title": "GB/T 2260 county codes; Seventh National Population Census 2020"},
        ],
        "resources": resources,
    }


def table_resource(name: str) -> dict[str, Any]:
    """One table's resource without what depends on its file (hash, bytes, rows)."""
    table = tables()[name]
    parquet = table.get("parquet", False)
    return {
        "name": name,
        "type": "table",
        "path": f"{name}.{'parquet' if parquet else 'csv'}",
        "title": table["title"],
        "scheme": "file",
        "format": "parquet" if parquet else "csv",
        "mediatype": "application/vnd.apache.parquet" if parquet else "text/csv",
        **({} if parquet else {"encoding": "utf-8"}),
        "synthetic": True,
        "schema": {
            "fields": [_field_json(field) for field in table["fields"]],
            "primaryKey": table["key"],
            **({"foreignKeys": table["foreign"]} if "foreign" in table else {}),
        },
    }


def side_resource(role: str, stem: str, header: list[str]) -> dict[str, Any]:
    """The resource of a claims or explanations file: every column is text."""
    return {
        "name": f"{role}-{stem}",
        "type": "table",
        "path": f"{role}/{stem}.csv",
        "title": {"claims": "公布数", "explanations": "已说明的差异"}[role],
        "scheme": "file",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "role": role,
        "schema": {"fields": [{"name": name, "type": "string"} for name in header]},
    }


def _field_json(field: Field) -> dict[str, Any]:
    name, kind, title, unit, constraints = field
    return {
        "name": name,
        "type": kind,
        "title": title,
        **({"unit": unit} if unit else {}),
        "constraints": {"required": True} | constraints,
    }
